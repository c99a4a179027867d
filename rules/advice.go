package rules

import "strings"

// adviceScope is what helps where Jira does not list the issues of a sprint.
const adviceScope = "Give andon's account the permission to browse every project whose issues are in the project's sprints, and look whether the search of Jira works."

// advice says what a human can do where Jira refused an action, by the beginning of its
// key. Jira's own words come before it; they do not always tell the remedy.
func advice(key string) string {
	verb, _, _ := strings.Cut(key, "/")
	switch verb {
	case "cancel-sprint":
		return "Close the sprint by hand, or remove what stands in the way: andon's account needs Manage Sprints and Schedule Issues in every project that the filter of the sprint's board names and in every project with issues in the sprint; a project of the filter that is archived has to leave the filter; on Data Center no done issue in the sprint may have open sub-tasks."
	case "delete-sprint":
		return "Delete the sprint by hand, or give andon's account Manage Sprints and Schedule Issues in every project that the filter of the sprint's board names; a project of the filter that is archived has to leave the filter."
	case putBackVerb:
		return "Move them by hand, or give andon's account Schedule Issues and Edit Issues in the project."
	case "create-tasks":
		return "Give andon's account Create Issues, or set the fields that the project requires with ANDON_TASK_FIELDS."
	case "link-tasks":
		return "Link them by hand, or give andon's account Link Issues in the project."
	case "create-sprint", "fill-sprint":
		return "Give andon's account Manage Sprints, Schedule Issues and Edit Issues, or plan the sprint by hand."
	case "labels", "remember":
		return "Give andon's account Edit Issues in the project."
	}
	return ""
}
