package apispec

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// ownSchemas are what this package says of answers for which Atlassian gives no more
// than an example: the Agile API's. They follow the examples and the recordings, and are
// as strict as both allow, so that a wrong type in a sprint does not pass unseen.
const ownSchemas = `{
"Own_Date": {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:?\\d\\d)$"},
"Own_Sprint": {"type": "object", "required": ["id", "self", "state", "name"], "properties": {
	"id": {"type": "integer"}, "self": {"type": "string"}, "state": {"type": "string", "enum": ["future", "active", "closed"]},
	"name": {"type": "string"}, "goal": {"type": "string"}, "originBoardId": {"type": "integer"},
	"startDate": {"$ref": "#/components/schemas/Own_Date"}, "endDate": {"$ref": "#/components/schemas/Own_Date"},
	"completeDate": {"$ref": "#/components/schemas/Own_Date"}, "createdDate": {"$ref": "#/components/schemas/Own_Date"},
	"activatedDate": {"$ref": "#/components/schemas/Own_Date"}, "synced": {"type": "boolean"}, "autoStartStop": {"type": "boolean"},
	"incompleteIssuesDestinationId": {"type": "integer"}}},
"Own_Location": {"type": "object", "properties": {
	"projectId": {"type": "integer"}, "userId": {"type": "integer"}, "userAccountId": {"type": "string"}, "displayName": {"type": "string"},
	"projectName": {"type": "string"}, "projectKey": {"type": "string"}, "projectTypeKey": {"type": "string"}, "avatarURI": {"type": "string"},
	"name": {"type": "string"}}},
"Own_Board": {"type": "object", "required": ["id", "self", "name", "type"], "properties": {
	"id": {"type": "integer"}, "self": {"type": "string"}, "name": {"type": "string"}, "type": {"type": "string", "enum": ["scrum", "kanban", "simple"]},
	"location": {"$ref": "#/components/schemas/Own_Location"}, "admins": {"type": "object"}, "canEdit": {"type": "boolean"},
	"isPrivate": {"type": "boolean"}, "favourite": {"type": "boolean"}}},
"Own_Sprints": {"type": "object", "required": ["startAt", "maxResults", "values"], "properties": {
	"startAt": {"type": "integer"}, "maxResults": {"type": "integer"}, "total": {"type": "integer"}, "isLast": {"type": "boolean"},
	"values": {"type": "array", "items": {"$ref": "#/components/schemas/Own_Sprint"}}}},
"Own_Boards": {"type": "object", "required": ["startAt", "maxResults", "values"], "properties": {
	"startAt": {"type": "integer"}, "maxResults": {"type": "integer"}, "total": {"type": "integer"}, "isLast": {"type": "boolean"},
	"values": {"type": "array", "items": {"$ref": "#/components/schemas/Own_Board"}}}},
"Own_Sprint_or_none": {"type": "object", "nullable": true, "required": ["id", "self", "state", "name"], "properties": {}},
"Own_Issue": {"type": "object", "required": ["id", "self", "key", "fields"], "properties": {
	"id": {"type": "string", "pattern": "^\\d+$"}, "key": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*-\\d+$"}, "self": {"type": "string"},
	"expand": {"type": "string"}, "changelog": {"type": "object"},
	"fields": {"type": "object", "additionalProperties": true, "properties": {"sprint": {"$ref": "#/components/schemas/Own_Sprint_or_none"},
		"closedSprints": {"type": "array", "items": {"$ref": "#/components/schemas/Own_Sprint"}}, "flagged": {"type": "boolean"}}}}}}`

// ownAnswers says which answers the schemas are of: method and path, and the schema's name.
func ownAnswers() map[string]string {
	return map[string]string{
		"get /rest/agile/1.0/sprint/{sprintId}":      "Own_Sprint",
		"put /rest/agile/1.0/sprint/{sprintId}":      "Own_Sprint",
		"post /rest/agile/1.0/sprint/{sprintId}":     "Own_Sprint",
		"post /rest/agile/1.0/sprint":                "Own_Sprint",
		"get /rest/agile/1.0/board/{boardId}/sprint": "Own_Sprints",
		"get /rest/agile/1.0/board":                  "Own_Boards",
		"get /rest/agile/1.0/board/{boardId}":        "Own_Board",
		"get /rest/agile/1.0/issue/{issueIdOrKey}":   "Own_Issue",
	}
}

// own says whether the answer to a call is judged by a schema of our own.
func own(method, path string) bool {
	_, ok := ownAnswers()[strings.ToLower(method)+" "+path]
	return ok
}

// addOwn gives the schemas to the answers, whatever the copy at hand says of them.
func addOwn(paths, schemas map[string]any) error {
	var own map[string]any
	if err := json.Unmarshal([]byte(ownSchemas), &own); err != nil {
		return fmt.Errorf("read the schemas of our own: %w", err)
	}
	if sprint, ok := own["Own_Sprint"].(map[string]any); ok {
		none, _ := own["Own_Sprint_or_none"].(map[string]any)
		none["properties"] = sprint["properties"]
	}
	maps.Copy(schemas, own)
	answers := ownAnswers()
	for _, call := range slices.Sorted(maps.Keys(answers)) {
		method, path, _ := strings.Cut(call, " ")
		item, _ := paths[path].(map[string]any)
		operation, _ := item[method].(map[string]any)
		responses, ok := operation["responses"].(map[string]any)
		if !ok {
			return fmt.Errorf("the description lacks %s", call)
		}
		for _, status := range []string{"200", "201"} {
			if answer, ok := responses[status].(map[string]any); ok {
				answer["content"] = map[string]any{"application/json": map[string]any{"schema": map[string]any{"$ref": schemaRef + answers[call]}}}
			}
		}
	}
	return nil
}
