package main

import (
	"log/slog"
	"time"
)

// envPrefix starts the name of every variable that andon reads.
const envPrefix = "ANDON"

// Config holds every setting of andon. Each field is one variable: its name is
// ANDON_ and the envconfig tag. The other tags say what happens to it:
//
//	default   the value where the variable is unset or empty
//	required  it has to be set
//	min, max  the range that is taken, ends included
//	secret    it is masked wherever settings are shown, and can also be read from a
//	          file that is named by the variable with _FILE at the end
//	desc      one sentence for README.md and for the help
//
// Where settings are read from is [Load], what makes them valid is [Config.Validate].
type Config struct {
	JiraURL     string        `envconfig:"JIRA_URL" required:"true" desc:"Base URL of Jira: https://SITE.atlassian.net, https://api.atlassian.com/ex/jira/CLOUDID for a scoped token, or a Data Center's address with its path. http is taken only for loopback and private hosts."`
	JiraEmail   string        `envconfig:"JIRA_EMAIL" desc:"Account of the token, for basic authentication: the e-mail address on Cloud, the user name on Data Center. Leave it out for a bearer token (Data Center's personal access token)."`
	JiraToken   Secret        `envconfig:"JIRA_TOKEN" required:"true" secret:"true" desc:"API token, personal access token or password of andon's own Jira account."`
	JiraTimeout time.Duration `envconfig:"JIRA_TIMEOUT" default:"20s" min:"1s" max:"2m" desc:"Longest wait for one answer from Jira."`
	JiraRPS     float64       `envconfig:"JIRA_RPS" default:"10" min:"0.1" max:"500" desc:"Requests a second that this process sends to Jira at most."`

	WebhookSecret    Secrets `envconfig:"WEBHOOK_SECRET" secret:"true" desc:"Secrets with which Jira signs its webhooks, at least 16 characters each; several, separated by commas, while one replaces another."`
	WebhookPathToken Secret  `envconfig:"WEBHOOK_PATH_TOKEN" secret:"true" desc:"Unguessable last part of the webhook's address, for a Jira that cannot sign: letters, digits, - _ . ~, at least 16. Either this or ANDON_WEBHOOK_SECRET has to be set."`
	RecordSecret     Secrets `envconfig:"RECORD_SECRET" secret:"true" desc:"Secrets with which andon seals its own record in Jira, at least 16 characters each: the first one seals, all are accepted. Default: derived from the webhook secrets and the path token, so set it before you replace those."`

	Listen        string        `envconfig:"LISTEN" default:":8080" desc:"Address on which webhooks, health and metrics are served."`
	PublicURL     string        `envconfig:"PUBLIC_URL" desc:"Address of andon as Jira and people see it, such as https://andon.example.com; with the path that a proxy puts before andon's own, if it does."`
	MetricsListen string        `envconfig:"METRICS_LISTEN" desc:"Address of its own for /metrics. Empty: /metrics is served on ANDON_LISTEN."`
	TLSCert       string        `envconfig:"TLS_CERT" desc:"File with the certificate for ANDON_LISTEN, in PEM, followed by those between it and its authority. Empty: andon speaks plain http there, for a proxy in front that speaks TLS."`
	TLSKey        string        `envconfig:"TLS_KEY" desc:"File with the key of ANDON_TLS_CERT, in PEM and without a password. Both are read once, at start."`
	RedisURL      Secret        `envconfig:"REDIS_URL" secret:"true" desc:"Redis that keeps the work queue: redis://:PASSWORD@HOST:6379/0, rediss:// for TLS, unix:///PATH; with ?master_name=NAME the addresses are those of sentinels, with ?cluster=true that of a cluster's node, and further ones follow as &addr=HOST:PORT. Empty: the queue is kept in memory, for a single replica."`
	Workers       int           `envconfig:"WORKERS" default:"4" min:"1" max:"64" desc:"Projects that this process works on at the same time."`
	Lease         time.Duration `envconfig:"LEASE" default:"30s" min:"2s" max:"10m" desc:"Time after which another worker takes over the work of one that died."`
	ShutdownGrace time.Duration `envconfig:"SHUTDOWN_GRACE" default:"20s" min:"0s" max:"10m" desc:"Time for work under way to finish when andon is told to stop."`

	MaxConnections int `envconfig:"MAX_CONNECTIONS" default:"2048" min:"16" max:"65536" desc:"Connections that ANDON_LISTEN serves at one time. One more is answered with 503 and a time to come again, and counted."`

	Resync              time.Duration `envconfig:"RESYNC" default:"1m" min:"1s" max:"15m" desc:"How often a project with an open disaster is checked without any webhook."`
	Sweep               time.Duration `envconfig:"SWEEP" default:"3m" min:"1s" max:"1h" desc:"How often the whole site is searched for work without any webhook."`
	Projects            List          `envconfig:"PROJECTS" desc:"Keys of the projects that andon looks after. Empty: all that its account may see."`
	Boards              BoardNames    `envconfig:"BOARDS" desc:"Boards whose sprints are in scope, by their ids: 12 for every project that the board shows, SHOP:12 for that project alone, wherever the board is located. Empty, or nothing for a project: the boards located in the project."`
	Playbook            string        `envconfig:"PLAYBOOK" desc:"File with the tasks of a disaster, in YAML. Empty: the built-in playbook."`
	DeclarationMaxAge   time.Duration `envconfig:"DECLARATION_MAX_AGE" default:"24h" min:"1m" max:"720h" desc:"Age from which a label on which nobody acted is history: nothing is cancelled because of it."`
	RefusedResolutions  List          `envconfig:"ROOT_CAUSE_REFUSED_RESOLUTIONS" default:"Won't Do,Won't Fix,Duplicate,Cannot Reproduce,Declined,Incomplete" desc:"Resolutions with which the root-cause task does not count as closed."`
	RootCauseAcceptance string        `envconfig:"ROOT_CAUSE_ACCEPTANCE" desc:"po: the root-cause task counts as closed only if the Product Owner closed it. Empty: whoever closed it."`
	RootCauseEvidence   bool          `envconfig:"ROOT_CAUSE_EVIDENCE" default:"false" desc:"The root-cause task counts as closed only with a text that a person wrote since its creation and at least one linked issue that prevents the next time."`
	ReleaseRequires     string        `envconfig:"RELEASE_REQUIRES" desc:"restored: the freeze waits for the return to service, too. Empty: for the root cause alone."`
	Freeze              string        `envconfig:"FREEZE" default:"react" desc:"How a freeze is enforced. react: what happens in it is undone. permissions: the sprint permissions are taken away from everybody else as well, by a copy of the project's permission scheme, which needs Administer Jira."`
	TaskFields          TaskFields    `envconfig:"TASK_FIELDS" desc:"Values for the fields that the site requires of new tasks: a JSON object with the fields' ids, such as {\"customfield_10050\":{\"value\":\"High\"}}. All but project, issuetype, parent, summary and description, which andon itself sets."`
	DryRun              bool          `envconfig:"DRY_RUN" default:"false" desc:"Read and decide, but write nothing to Jira."`

	ProductOwners   List   `envconfig:"PRODUCT_OWNERS" desc:"Accounts that decide in every project: account ids on Cloud, user names on Data Center. Empty: the members of ANDON_PO_ROLE, else the project's lead."`
	PORole          string `envconfig:"PO_ROLE" default:"Product Owner" desc:"Project role whose members decide."`
	SMRole          string `envconfig:"SM_ROLE" default:"Scrum Master" desc:"Project role that is told when planning is frozen and free again."`
	StakeholderRole string `envconfig:"STAKEHOLDER_ROLE" default:"Stakeholder" desc:"Project role whose members are told of a disaster's course by Jira's own mail."`

	RecoverySLA     Deadlines `envconfig:"RECOVERY_SLA" desc:"Time from the declaration within which the system has to be back in service, such as 4h; by kind as in 4h,security=2h,data=8h. Between 1m and 720h each. People are told when half, three quarters and all of it has passed. Empty: no such time."`
	NotifyURLs      Secrets   `envconfig:"NOTIFY_URLS" secret:"true" desc:"Where else a disaster's course is told: addresses of chats, mail servers and webhooks, separated by commas (a comma inside an address is written %2C). slack://, smtp://, discord://, telegram:// and more are forms of the library shoutrrr; https://… is a webhook that gets {\"title\":…,\"message\":…}. http is taken only for loopback and private hosts. deploy/README.md has examples."`
	NoticeTemplates string    `envconfig:"NOTICE_TEMPLATES" desc:"File with texts that replace those of the notices to people outside the issue, as Go templates. Empty: the built-in texts. deploy/README.md has an example."`

	PageSecret Secrets `envconfig:"PAGE_SECRET" secret:"true" desc:"Secrets with which andon makes the links to the status pages of disasters, at least 16 characters each: the first one makes them, all are accepted, and a secret that is gone ends its links. Empty: no such pages. The links stand on the issues where ANDON_PUBLIC_URL is set."`
	PageToken  Secrets `envconfig:"PAGE_TOKEN" secret:"true" desc:"Tokens that open the overview of the status page, and every disaster from there, at least 16 characters each. Empty: no overview."`

	LabelDisaster    string `envconfig:"LABEL_DISASTER" default:"disaster" desc:"Label that declares a disaster."`
	LabelSecurity    string `envconfig:"LABEL_DISASTER_SECURITY" default:"disaster-security" desc:"Label that declares a security disaster."`
	LabelData        string `envconfig:"LABEL_DISASTER_DATA" default:"disaster-data" desc:"Label that declares a data disaster."`
	LabelAccidental  string `envconfig:"LABEL_DISASTER_ACCIDENTAL" default:"disaster-accidental" desc:"Label that declares an accidental disaster."`
	LabelRehearsal   string `envconfig:"LABEL_DISASTER_REHEARSAL" default:"disaster-rehearsal" desc:"Label that turns a disaster into a rehearsal."`
	LabelMaintenance string `envconfig:"LABEL_SYSTEM_MAINTENANCE" default:"system-maintenance" desc:"Label for the system mode maintenance."`
	LabelReadOnly    string `envconfig:"LABEL_SYSTEM_READ_ONLY" default:"system-read-only" desc:"Label for the system mode read-only."`
	LabelOffline     string `envconfig:"LABEL_SYSTEM_OFFLINE" default:"system-offline" desc:"Label for the system mode offline."`
	LabelAlternate   string `envconfig:"LABEL_SYSTEM_ALTERNATE" default:"system-alternate" desc:"Label for the system mode alternate environment."`
	LabelRestored    string `envconfig:"LABEL_SYSTEM_RESTORED" default:"system-restored" desc:"Label that returns the system to service."`
	LabelResume      string `envconfig:"LABEL_SPRINT_RESUME" default:"sprint-resume" desc:"Label that asks for the successor of the cancelled sprint."`

	LogLevel  slog.Level `envconfig:"LOG_LEVEL" default:"INFO" desc:"Least level that is logged: DEBUG, INFO, WARN or ERROR."`
	LogFormat string     `envconfig:"LOG_FORMAT" default:"json" desc:"Form of the log: json or text."`
}
