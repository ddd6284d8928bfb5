// What tool definitions and results cost a model, in tokens of o200k_base.
//
// After `.ci/clients/install.sh` and a release build: node benches/tokens.mjs
// What came out is in benches/README.md. With an argument such as `jira_get_issue`, prints that
// tool's results instead of counting them.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const payload = (name) => JSON.parse(readFileSync(file(`payloads/${name}.json`)));
const require = createRequire(file("../target/clients/package.json"));
const { countTokens } = require("gpt-tokenizer/encoding/o200k_base");

const issue = payload("jira-issue");
const page = payload("confluence-page");

/** As many as asked for, each with a number of its own. */
function repeated(list, count) {
  return Array.from({ length: count }, (_, index) => list(index));
}

/** The issue with the fields that are asked for, as Jira sends it. */
function withFields(names) {
  if (!names || names === "*all") return issue;
  const wanted = names.split(",");
  const fields = Object.entries(issue.fields).filter(([name]) => wanted.includes(name));
  return { ...issue, fields: Object.fromEntries(fields) };
}

function search(maximum) {
  const found = payload("jira-search");
  const { issues } = found;
  found.issues = repeated((index) => {
    const issue = issues[index % issues.length];
    return index < issues.length ? issue : { ...issue, key: `PROJ-${1000 + index}` };
  }, maximum);
  return { ...found, maxResults: maximum, total: maximum };
}

function pages(limit) {
  const { body, ...row } = page;
  const results = repeated((index) => ({ ...row, id: `${1005 + index}`, title: `${row.title} (${index})` }), limit);
  return { results, start: 0, limit, size: limit, _links: { base: page._links.base, context: "" } };
}

/** What the sites answer, by method and path below the context path. */
function answer(method, path, query) {
  const asked = (name) => Number(query.get(name));
  switch (`${method} ${path}`) {
    case "GET /rest/api/2/search": return search(asked("maxResults"));
    case "POST /rest/api/2/issue": return { id: issue.id, key: issue.key, self: issue.self };
    case "POST /rest/api/2/issue/PROJ-61/comment": return issue.fields.comment.comments[0];
    case "GET /rest/api/2/issue/PROJ-61": return withFields(query.get("fields"));
    case "GET /rest/api/space": return payload("confluence-spaces");
    case "GET /rest/api/content/search": return pages(asked("limit"));
    case "POST /rest/api/content":
    case "GET /rest/api/content/1005": return page;
    default: throw new Error(`nothing is prepared for ${method} ${path}`);
  }
}

const server = createServer((request, response) => {
  const url = new URL(request.url, "http://site");
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answer(request.method, url.pathname, url.searchParams)));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const site = `http://127.0.0.1:${server.address().port}`;

const bridge = spawn(file("../target/release/atlassian-bridge"), {
  cwd: tmpdir(),
  env: { JIRA_URL: site, CONFLUENCE_URL: site },
  stdio: ["pipe", "pipe", "ignore"],
});
const answers = createInterface({ input: bridge.stdout })[Symbol.asyncIterator]();
const send = (message) => bridge.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

async function ask(method, params) {
  send({ id: 1, method, params });
  const { error, result } = JSON.parse((await answers.next()).value);
  if (error || result.isError) throw new Error(`${method}: ${JSON.stringify(error ?? result.content)}`);
  return result;
}

const greeting = await ask("initialize", {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "benches", version: "1" },
});
send({ method: "notifications/initialized" });

const descriptionOnly = "summary,issuetype,status,priority,assignee,reporter,created,updated,labels,description".split(",");
const calls = [
  ["get issue, description and 5 comments", "jira_get_issue", { issue_key: "PROJ-61" }],
  ["get issue, description only", "jira_get_issue", { issue_key: "PROJ-61", fields: descriptionOnly }],
  ["get issue, all fields", "jira_get_issue", { issue_key: "PROJ-61", fields: ["*all"] }],
  ["get issue, `raw`", "jira_get_issue", { issue_key: "PROJ-61", raw: true }],
  ["search, 10 issues", "jira_search_issues", { jql: "project = PROJ", max_results: 10 }],
  ["search, 50 issues", "jira_search_issues", { jql: "project = PROJ", max_results: 50 }],
  ["list 100 spaces", "confluence_get_spaces", { limit: 100 }],
  ["get page, 5 KB storage", "confluence_get_page", { page_id: "1005" }],
  ["search pages, 10", "confluence_search_pages", { cql: "type = page", limit: 10 }],
  ["create page", "confluence_create_page", { space_key: "ENG", title: "T", body: "<p>x</p>" }],
  ["create issue", "jira_create_issue", { project_key: "PROJ", issue_type: "Bug", summary: "S" }],
  ["add comment", "jira_add_comment", { issue_key: "PROJ-61", body: "x" }],
];

async function results(tool) {
  for (const [what, name, parameters] of calls.filter(([, name]) => name === tool)) {
    const { content } = await ask("tools/call", { name, arguments: parameters });
    console.log(`--- ${what}\n${content[0].text}`);
  }
}

async function count() {
  const { tools } = await ask("tools/list", {});
  const shown = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
  console.log("| definitions | tokens |\n|---|---|");
  console.log(`| instructions | ${countTokens(greeting.instructions)} |`);
  console.log(`| tools/list, ${tools.length} tools, as sent | ${countTokens(JSON.stringify(tools))} |`);
  console.log(`| names, descriptions and input schemas, which is what a model gets | ${countTokens(JSON.stringify(shown))} |`);
  console.log("\n| result | text | structured |\n|---|---|---|");
  for (const [what, name, parameters] of calls) {
    const { content, structuredContent } = await ask("tools/call", { name, arguments: parameters });
    console.log(`| ${what} | ${countTokens(content[0].text)} | ${countTokens(JSON.stringify(structuredContent))} |`);
  }
}

try {
  await (process.argv[2] ? results(process.argv[2]) : count());
} finally {
  bridge.kill();
  server.close();
}
