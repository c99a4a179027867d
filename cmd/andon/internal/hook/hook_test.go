package hook

import (
	"slices"
	"strings"
	"testing"

	"andon/jira"
)

const (
	public = "https://andon.example.com"
	token  = "unguessable-path-token"
	secret = "a secret of some length"
)

func TestTheAddressToRegister(t *testing.T) {
	for name, tt := range map[string]struct {
		want Want
		f    jira.Flavour
		url  string
		rest bool
	}{
		"Cloud signs":                         {Want{public, "", secret}, jira.Cloud, public + Path, true},
		"Cloud signs, and a token is there":   {Want{public, token, secret}, jira.Cloud, public + Path, true},
		"Cloud with a token alone":            {Want{public, token, ""}, jira.Cloud, public + Path + "/" + token, true},
		"Data Center takes the token":         {Want{public, token, secret}, jira.DataCenter, public + Path + "/" + token, true},
		"Data Center cannot be told a secret": {Want{public, "", secret}, jira.DataCenter, public + Path, false},
		"a slash at the end":                  {Want{public + "/", token, ""}, jira.DataCenter, public + Path + "/" + token, true},
		"no address":                          {Want{"", token, secret}, jira.Cloud, Path, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tt.want.URL(tt.f); got != tt.url {
				t.Errorf("it is %s, want %s", got, tt.url)
			}
			if got := tt.want.ByRest(tt.f); got != tt.rest {
				t.Errorf("by REST: %v", got)
			}
		})
	}
}

// good is a registration without a fault on Cloud.
func good() jira.Webhook {
	return jira.Webhook{ID: "1", Name: Name, URL: public + Path, Events: Events(), Enabled: true, Signed: true}
}

func TestWhatIsWrongWithARegistration(t *testing.T) {
	all := Want{public, token, secret}
	for name, tt := range map[string]struct {
		want   Want
		f      jira.Flavour
		change func(h *jira.Webhook)
		faults []string
	}{
		"nothing":                           {all, jira.Cloud, func(*jira.Webhook) {}, nil},
		"the token in place of a signature": {all, jira.Cloud, func(h *jira.Webhook) { h.URL, h.Signed = public+Path+"/"+token, false }, nil},
		"more events than needed":           {all, jira.Cloud, func(h *jira.Webhook) { h.Events = append(h.Events, "comment_created") }, nil},
		"a filter by project":               {all, jira.Cloud, func(h *jira.Webhook) { h.JQL = `project in (SHOP, "BLOG")` }, nil},
		"a filter by one project":           {all, jira.Cloud, func(h *jira.Webhook) { h.JQL = "Project = SHOP" }, nil},
		"a filter by more than project":     {all, jira.Cloud, func(h *jira.Webhook) { h.JQL = "project = SHOP AND labels = disaster" }, []string{"filter"}},
		"another token":                     {all, jira.Cloud, func(h *jira.Webhook) { h.URL = public + Path + "/old" }, []string{"address"}},
		"another host":                      {all, jira.Cloud, func(h *jira.Webhook) { h.URL = "https://old.example.com" + Path }, []string{"address"}},
		"not signed":                        {all, jira.Cloud, func(h *jira.Webhook) { h.Signed = false }, []string{"signature"}},
		"signed with what nobody knows":     {Want{public, token, ""}, jira.Cloud, func(*jira.Webhook) {}, []string{"address", "signature"}},
		"disabled, without body or events":  {all, jira.Cloud, func(h *jira.Webhook) { h.Enabled, h.ExcludeBody, h.Events = false, true, nil }, []string{"enabled", "body", "events"}},
		"Data Center may have been told":    {Want{public, "", secret}, jira.DataCenter, func(h *jira.Webhook) { h.Signed = false }, nil},
		"Data Center without any proof":     {Want{public, token, ""}, jira.DataCenter, func(h *jira.Webhook) { h.Signed = false }, []string{"address", "signature"}},
		"no address to compare with":        {Want{"", "", secret}, jira.Cloud, func(h *jira.Webhook) { h.URL = "https://anywhere.example.com/behind" + Path }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			h := good()
			tt.change(&h)
			var got []string
			for _, f := range tt.want.Faults(h, tt.f) {
				got = append(got, f.Name)
				if f.Seen == "" || f.Mend == "" || strings.Contains(f.Seen+f.Mend, token) || strings.Contains(f.Seen+f.Mend, secret) {
					t.Errorf("it says %+v", f)
				}
			}
			if !slices.Equal(got, tt.faults) {
				t.Errorf("wrong are %v, want %v", got, tt.faults)
			}
		})
	}
}

func TestRegistrationsOfOthersAreLeftAlone(t *testing.T) {
	w := Want{public, token, secret}
	hooks := []jira.Webhook{
		{ID: "1", URL: "https://chat.example.com/hook"}, {ID: "2", URL: "https://staging.example.com" + Path}, {ID: "3", URL: public + Path + "/old"},
		good(), {ID: "5", URL: "::"}, {ID: "6", URL: "https://andon.example.com.evil.org" + Path}, {ID: "7", URL: public + Path + "els"},
	}
	hooks[3].ID = "4"
	ids := func(all []jira.Webhook) (out []string) {
		for _, h := range all {
			out = append(out, h.ID)
		}
		return out
	}
	if got := ids(w.Mine(hooks, jira.Cloud)); !slices.Equal(got, []string{"4", "3"}) {
		t.Errorf("mine are %v", got)
	}
	if got := ids(w.Others(hooks, jira.Cloud)); !slices.Equal(got, []string{"2", "6"}) {
		t.Errorf("another andon's are %v", got)
	}
}

func TestATokenIsNeverShown(t *testing.T) {
	for address, want := range map[string]string{
		public + Path:                      public + Path,
		public + Path + "/" + token:        public + Path + "/***",
		public + Path + "/" + token + "?x": public + Path + "/***",
		public + Path + "?secret=" + token: public + Path,
		public + Path + "/":                public + Path + "/",
	} {
		if got := Mask(address); got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
	}
}
