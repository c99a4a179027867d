package install

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"andon/cmd/andon/internal/hook"
	"andon/jira"
)

// Order is what an operator asks for.
type Order struct {
	Want hook.Want
	// Resign sets the secret of a webhook that is signed already anew.
	Resign bool
	// Role is the name of the project role that is made where it is missing; empty for none.
	Role string
}

// Install plans what makes andon's webhook what it should be.
func Install(ctx context.Context, c *jira.Client, o Order) (Plan, error) {
	var p Plan
	info, err := proved(ctx, c)
	if err != nil {
		return p, err
	}
	hooks, err := c.Webhooks(ctx)
	switch {
	case refused(err):
		p.byHand(o.Want, info, "andon's account may not administer Jira")
	case err != nil:
		return p, fmt.Errorf("list the webhooks: %w", err)
	default:
		p.webhook(c, o, info, hooks)
	}
	return p, p.role(ctx, c, o.Role)
}

// proved asks Jira what it is and who we are.
func proved(ctx context.Context, c *jira.Client) (jira.ServerInfo, error) {
	info, err := c.Server(ctx)
	if err != nil {
		return info, fmt.Errorf("ask Jira what it is: %w", err)
	}
	if _, err := c.Myself(ctx); err != nil {
		return info, fmt.Errorf("sign in at Jira: %w", err)
	}
	return info, nil
}

// refused says whether Jira gave a clear no.
func refused(err error) bool {
	return jira.IsForbidden(err) || jira.IsUnauthorized(err) || jira.IsNotFound(err)
}

// webhook plans the registration.
func (p *Plan) webhook(c *jira.Client, o Order, info jira.ServerInfo, hooks []jira.Webhook) {
	f := info.Flavour
	mine := o.Want.Mine(hooks, f)
	for _, other := range o.Want.Others(hooks, f) {
		p.Notes = append(p.Notes, fmt.Sprintf("webhook %s %q leads to another andon, %s; it is left alone", other.ID, clean(other.Name), clean(hook.Mask(other.URL))))
	}
	switch {
	case len(mine) > 0 && len(o.Want.Faults(mine[0], f)) == 0 && !(o.Resign && o.Want.Signs(f)):
		p.Found = append(p.Found, fmt.Sprintf("webhook %s leads to %s, is enabled, complete and not filtered by anything but project", mine[0].ID, clean(hook.Mask(mine[0].URL))))
		if mine[0].JQL != "" {
			p.Notes = append(p.Notes, "its filter lets only these projects through, and is left as it is: "+clean(mine[0].JQL))
		}
		p.trust(o, mine[0], f)
	case !o.Want.ByRest(f):
		p.byHand(o.Want, info, "Data Center takes a secret only on its administration page, and ANDON_WEBHOOK_PATH_TOKEN is not set")
		return
	case len(mine) == 0:
		w := wanted(o.Want, f)
		p.Steps = append(p.Steps, Step{
			What: fmt.Sprintf("register the webhook %q: %s, %s, %d events, no filter, body included", hook.Name, hook.Mask(w.URL), proofWords(o.Want, f), len(w.Events)),
			Do:   func(ctx context.Context) error { _, err := c.CreateWebhook(ctx, w); return err },
		})
	default:
		p.repair(c, o, mine[0], f)
	}
	for _, double := range mine[min(1, len(mine)):] {
		p.remove(c, double, "a double")
	}
}

// trust says what cannot be seen of a webhook that is good.
func (p *Plan) trust(o Order, h jira.Webhook, f jira.Flavour) {
	switch {
	case o.Want.ByToken(h):
	case f == jira.Cloud:
		p.Notes = append(p.Notes, "Jira does not show whether its secret is the one of ANDON_WEBHOOK_SECRET; andon install --resign sets it anew")
	default:
		p.Notes = append(p.Notes, "Data Center does not show whether a secret is set; deliveries that andon refuses show in its log")
	}
}

// repair plans to mend a registration.
func (p *Plan) repair(c *jira.Client, o Order, h jira.Webhook, f jira.Flavour) {
	w := wanted(o.Want, f)
	w.ID = h.ID
	var what []string
	for _, fault := range o.Want.Faults(h, f) {
		what = append(what, fault.Seen)
	}
	if o.Resign {
		what = append(what, "its secret is set anew")
	}
	p.Steps = append(p.Steps, Step{
		What: fmt.Sprintf("repair the webhook %s: %s", h.ID, strings.Join(what, "; ")),
		Do:   func(ctx context.Context) error { return c.UpdateWebhook(ctx, w) },
	})
}

// remove plans to remove a registration.
func (p *Plan) remove(c *jira.Client, h jira.Webhook, why string) {
	p.Steps = append(p.Steps, Step{
		What: fmt.Sprintf("remove the webhook %s %q: %s, %s", h.ID, clean(h.Name), why, clean(hook.Mask(h.URL))),
		Do:   func(ctx context.Context) error { return c.DeleteWebhook(ctx, h.ID) },
	})
}

// wanted is the registration as it should be.
func wanted(w hook.Want, f jira.Flavour) jira.Webhook {
	out := jira.Webhook{Name: hook.Name, URL: w.URL(f), Events: hook.Events(), Enabled: true}
	if w.Signs(f) {
		out.Secret = w.Secret
	}
	return out
}

// proofWords say by what andon will believe the webhook.
func proofWords(w hook.Want, f jira.Flavour) string {
	if w.Signs(f) {
		return "signed with ANDON_WEBHOOK_SECRET"
	}
	return "with the path token in its address"
}

// byHand gives the steps for the administration page.
func (p *Plan) byHand(w hook.Want, info jira.ServerInfo, why string) {
	p.Why = why
	secret := "Secret: the first value of ANDON_WEBHOOK_SECRET"
	address := strings.TrimRight(w.Public, "/") + hook.Path
	if w.Secret == "" || info.Flavour != jira.Cloud && w.Token != "" {
		secret, address = "Secret: none, the address proves the sender", address+"/PATH_TOKEN, where PATH_TOKEN is the value of ANDON_WEBHOOK_PATH_TOKEN" //nolint:gosec // the name of a setting
	}
	p.Manual = append(p.Manual,
		"As a Jira administrator open "+orElse(info.BaseURL, "Jira")+": Administration, System, WebHooks, and create a webhook.",
		"Name: "+hook.Name+". Status: enabled. URL: "+address+".",
		secret+".",
		"Events: "+strings.Join(hook.Events(), ", ")+".",
		"Leave the JQL empty and \"Exclude body\" unticked, and save.",
		"Check it: andon doctor")
	if info.Flavour != jira.Cloud && w.Token == "" {
		p.Notes = append(p.Notes, "a Data Center before version 10 cannot sign: set ANDON_WEBHOOK_PATH_TOKEN and call andon install again")
	}
}

// role plans to make the project role of the Product Owner.
func (p *Plan) role(ctx context.Context, c *jira.Client, name string) error {
	if name == "" {
		return nil
	}
	roles, err := c.SiteRoles(ctx)
	unseen := refused(err)
	if err != nil && !unseen {
		return fmt.Errorf("list the project roles: %w", err)
	}
	for have := range roles {
		if strings.EqualFold(have, name) {
			p.Found = append(p.Found, fmt.Sprintf("the project role %q is there", have))
			return nil
		}
	}
	if unseen {
		p.Notes = append(p.Notes, fmt.Sprintf("whether there is a project role %q cannot be seen; a Jira administrator makes it at Administration, System, Project roles", name))
		return nil
	}
	p.Steps = append(p.Steps, Step{
		What: fmt.Sprintf("create the project role %q for the whole site, with nobody in it", name),
		Do: func(ctx context.Context) error {
			_, err := c.CreateRole(ctx, name, "May declare a disaster, change the system's mode and return to service (andon).")
			if jira.IsConflict(err) { // somebody was faster
				return nil
			}
			return err
		},
	})
	p.Notes = append(p.Notes, fmt.Sprintf("put the Product Owner into the role in each project: Project settings, People (or Access), role %q; until then the project's lead decides", name))
	return nil
}

// Check looks whether everything is as planned after the steps.
func Check(ctx context.Context, c *jira.Client, o Order) error {
	o.Resign = false
	again, err := Install(ctx, c, o)
	switch {
	case err != nil:
		return fmt.Errorf("check what was done: %w", err)
	case len(again.Steps) > 0:
		return errors.New("Jira has not taken everything; still to do: " + again.Steps[0].What)
	}
	return nil
}

// orElse is the first text that is not empty.
func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// clean makes a foreign text one line that can be printed.
func clean(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, s)), " ")
	if r := []rune(s); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return s
}
