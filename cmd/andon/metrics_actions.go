package main

import "andon/rules"

// actionKinds are all kinds of actions, as [actionKind] names them.
func actionKinds() []rules.Action {
	return []rules.Action{
		rules.Remember{}, rules.RememberProject{}, rules.CancelSprint{}, rules.DeleteSprint{}, rules.SwapScheme{}, rules.RestoreScheme{},
		rules.DropScheme{}, rules.PutBack{}, rules.CreateSprint{}, rules.FillSprint{}, rules.Notify{}, rules.CreateTasks{}, rules.LinkTasks{},
		rules.WriteStatus{}, rules.LinkPage{}, rules.Say{}, rules.EditLabels{},
	}
}

// actionKind is the kind of an action, for a label.
func actionKind(a rules.Action) string {
	switch a.(type) {
	case rules.Remember:
		return "remember"
	case rules.RememberProject:
		return "remember_project"
	case rules.CancelSprint:
		return "cancel_sprint"
	case rules.DeleteSprint:
		return "delete_sprint"
	case rules.SwapScheme:
		return "swap_scheme"
	case rules.RestoreScheme:
		return "restore_scheme"
	case rules.DropScheme:
		return "drop_scheme"
	case rules.PutBack:
		return "put_back"
	case rules.CreateSprint:
		return "create_sprint"
	case rules.FillSprint:
		return "fill_sprint"
	case rules.Notify:
		return "notify"
	case rules.CreateTasks:
		return "create_tasks"
	case rules.LinkTasks:
		return "link_tasks"
	case rules.LinkPage:
		return "link_page"
	case rules.WriteStatus:
		return "write_status"
	case rules.Say:
		return "comment"
	case rules.EditLabels:
		return "edit_labels"
	}
	return "other"
}
