// Drives the simulated Jira with npm client libraries that nobody here wrote, and checks what they show.
// Usage: node clients.mjs URL, from the folder where jira.js and jira-client are installed.
import assert from 'node:assert/strict';
import { createAgileClient, createCloudClient } from 'jira.js';
import jiraClient from 'jira-client';

const JiraClient = jiraClient.default ?? jiraClient;
const site = new URL(process.argv[2]);
const config = { host: site.href.replace(/\/$/, ''), auth: { type: 'basic', email: 'po@example.com', apiToken: 'demo' } };
const agile = createAgileClient(config), cloud = createCloudClient(config);
const old = new JiraClient({ protocol: 'http', host: site.hostname, port: site.port, username: 'po@example.com', password: 'demo', apiVersion: '2', strictSSL: false });

const checks = {
  'jira.js: who calls': async () => assert.equal((await cloud.myself.getCurrentUser({})).emailAddress, 'po@example.com'),
  'jira.js: project': async () => assert.equal((await cloud.projects.getProject({ projectIdOrKey: 'SHOP' })).name, 'Shop'),
  'jira.js: search': async () => {
    const found = await cloud.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql: 'project = SHOP', fields: ['summary'], maxResults: 3 });
    assert.equal(found.issues.length, 3);
  },
  'jira.js: boards and sprints': async () => {
    const boards = await agile.board.getAllBoards({ projectKeyOrId: 'SHOP', type: 'scrum' });
    const board = boards.values.find((b) => b.name === 'SHOP board');
    const sprints = await agile.board.getAllSprints({ boardId: board.id, state: 'active' });
    assert.equal(sprints.values[0].name, 'SHOP Sprint 7');
    const made = await agile.sprint.createSprint({ name: 'From npm', originBoardId: board.id });
    await agile.sprint.moveIssuesToSprintAndRank({ sprintId: made.id, issues: ['SHOP-10'] });
    const start = new Date(), end = new Date(start.getTime() + 7 * 864e5);
    await agile.sprint.partiallyUpdateSprint({ sprintId: made.id, startDate: start.toISOString(), endDate: end.toISOString(), goal: 'as told' });
    assert.equal((await agile.sprint.getSprint({ sprintId: made.id })).goal, 'as told');
    await agile.sprint.deleteSprint({ sprintId: made.id });
  },
  'jira-client: issue, comment, transition': async () => {
    const made = await old.addNewIssue({ fields: { project: { key: 'SHOP' }, issuetype: { name: 'Story' }, summary: 'From npm', description: 'words' } });
    await old.addComment(made.key, 'a comment');
    const { transitions } = await old.listTransitions(made.key);
    await old.transitionIssue(made.key, { transition: { id: transitions.find((t) => t.name === 'Done').id } });
    const issue = await old.findIssue(made.key);
    assert.equal(issue.fields.status.statusCategory.key, 'done');
    assert.equal(issue.fields.comment.comments[0].body, 'a comment');
    await old.updateIssue(made.key, { update: { labels: [{ add: 'npm' }] } });
    assert.deepEqual((await old.findIssue(made.key)).fields.labels, ['npm']);
  },
  'jira-client: project and board': async () => {
    assert.equal((await old.getProject('SHOP')).key, 'SHOP');
    assert.equal((await old.getBoard(1)).type, 'scrum');
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`   ${name}: as expected`);
  } catch (e) {
    failed += 1;
    console.log(`   ${name}: ${e.message ?? e}`);
  }
}
process.exit(failed ? 1 : 0);
