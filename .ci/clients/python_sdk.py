#!/usr/bin/env python3
"""Calls every tool of `atlassian-bridge --demo` with the official Python SDK.

Run by target/clients/venv/bin/python after install.sh; the argument is the server's binary.
Prints a line for each check and exits with 1 if one failed.
"""

import asyncio
import re
import sys
from html import escape

from jsonschema import Draft202012Validator
from mcp import Client, ClientSession, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client

TOOLS = {
    "confluence_create_page",
    "confluence_edit_page",
    "confluence_get_page",
    "confluence_get_page_outline",
    "confluence_get_spaces",
    "confluence_search_pages",
    "confluence_update_page",
    "jira_add_comment",
    "jira_create_issue",
    "jira_get_issue",
    "jira_get_transitions",
    "jira_search_issues",
    "jira_transition_issue",
}
UNKNOWN_TOOL = -32602

failures = 0


def check(what, holds, seen=""):
    """Prints one line; what was seen is only of interest when it is wrong."""
    global failures
    failures += not holds
    print(f"ok      {what}" if holds else f"FAILED  {what}: {seen}", flush=True)


class Tools:
    """The tools of one connection; each result is held against its tool's output schema."""

    def __init__(self, client, label):
        self.client = client
        self.label = label
        self.called = set()
        self.schemas = {}

    async def list(self):
        tools = (await self.client.list_tools()).tools
        names = {tool.name for tool in tools}
        check(f"{self.label}: lists its tools", names == TOOLS, names ^ TOOLS)
        for tool in tools:
            Draft202012Validator.check_schema(tool.input_schema)
            Draft202012Validator.check_schema(tool.output_schema)
            self.schemas[tool.name] = tool.output_schema
        hinted = [tool.annotations is not None and tool.annotations.read_only_hint is not None for tool in tools]
        check(f"{self.label}: each tool says whether it writes", all(hinted))

    async def call(self, name, **arguments):
        """The structured content and the text of a call that has to succeed."""
        result = await self.client.call_tool(name, arguments)
        self.called.add(name)
        text = "\n".join(block.text for block in result.content)
        problems = [error.message for error in self.validator(name).iter_errors(result.structured_content)]
        undeclared = set(result.structured_content or {}) - set(self.schemas[name]["properties"])
        holds = not result.is_error and not problems and not undeclared and text != ""
        seen = problems or undeclared or text
        check(f"{self.label}: {name} {shown(arguments)}", holds, seen)
        return result.structured_content or {}, text

    def validator(self, name):
        return Draft202012Validator(self.schemas[name])

    async def refused(self, name, says, **arguments):
        """A call that has to fail with a text that a model can act on."""
        result = await self.client.call_tool(name, arguments)
        text = "\n".join(block.text for block in result.content)
        holds = result.is_error is True and re.search(says, text) is not None
        check(f"{self.label}: {name} {shown(arguments)} is refused with /{says}/", holds, text)


def shown(arguments):
    text = " ".join(f"{name}={value!r}" for name, value in arguments.items())
    return text if len(text) <= 70 else text[:69] + "…"


async def every_tool(tools):
    """Reads and writes, and sees the writes when it reads again."""
    label = tools.label
    spaces, _ = await tools.call("confluence_get_spaces", limit=10)
    space = spaces["items"][0]["key"]
    pages, _ = await tools.call("confluence_search_pages", cql=f"space = {space} and type = page", limit=3)
    page, _ = await tools.call("confluence_get_page", page_id=pages["items"][0]["id"])
    check(f"{label}: the page has a body", page.get("body"), page)
    found, _ = await tools.call("jira_search_issues", jql="project = DEMO ORDER BY updated DESC", max_results=5)
    check(f"{label}: the search has five rows", len(found["items"]) == 5, found)
    raw, _ = await tools.call("jira_get_issue", issue_key=found["items"][0]["key"], raw=True)
    check(f"{label}: raw is Jira's own issue", "fields" in raw.get("raw", {}), raw)
    slim, _ = await tools.call("jira_get_issue", issue_key=found["items"][0]["key"], fields=["status", "labels"])
    check(f"{label}: only the fields asked for", "status" in slim and "description" not in slim, slim)

    created, _ = await tools.call(
        "jira_create_issue",
        project_key="DEMO",
        issue_type="Bug",
        summary=f"Written by {label}",
        description="h2. What\n\nA *bug*.",
        extra_fields={"priority": {"name": "High"}, "labels": ["client"]},
    )
    key = created["key"]
    await tools.call("jira_add_comment", issue_key=key, body="Seen with {{--demo}}.")
    offered, _ = await tools.call("jira_get_transitions", issue_key=key)
    by_name = offered["transitions"][0]
    moved, _ = await tools.call("jira_transition_issue", issue_key=key, transition=by_name["name"])
    offered, _ = await tools.call("jira_get_transitions", issue_key=key)
    by_id = offered["transitions"][0]
    await tools.call("jira_transition_issue", issue_key=key, transition=by_id["id"])
    issue, text = await tools.call("jira_get_issue", issue_key=key)
    check(f"{label}: the issue has its comment", "Seen with" in str(issue.get("comments")), issue)
    check(f"{label}: the issue has its priority and label", issue.get("priority") == "High" and issue.get("labels") == ["client"], issue)
    check(f"{label}: the issue has moved twice", issue.get("status") == by_id["to"], (moved, issue))
    check(f"{label}: the text names the issue too", key in text, text)


async def document_the_solution(tools):
    """What the tools are for: read an incident, write down its solution, read it back."""
    label = tools.label
    issue, _ = await tools.call("jira_get_issue", issue_key="INFRA-123")
    solution = "".join(f"<li>{escape(comment['body'])}</li>" for comment in issue["comments"])
    title = f"Solution of INFRA-123 ({label})"
    created, _ = await tools.call(
        "confluence_create_page",
        space_key="INFRA",
        title=title,
        body=f"<h2>Problem</h2><p>{escape(issue['summary'])}</p><h2>Solution</h2><ul>{solution}</ul>",
    )
    outline, _ = await tools.call("confluence_get_page_outline", page_id=created["id"])
    titles = [section["title"] for section in outline["sections"]]
    check(f"{label}: the outline has both headings", titles[-2:] == ["Problem", "Solution"], outline)
    edit = {"op": "append", "section": "Problem", "markdown": "Read *with care*."}
    await tools.call("confluence_edit_page", page_id=created["id"], edits=[edit])
    section, _ = await tools.call("confluence_get_page", page_id=created["id"], section="Problem")
    check(f"{label}: the section has what was put there", section["body"].endswith("Read *with care*."), section)
    page, _ = await tools.call("confluence_get_page", page_id=created["id"])
    check(f"{label}: the page reads back", page.get("title") == title and issue["summary"] in page["body"], page)
    updated, _ = await tools.call(
        "confluence_update_page",
        page_id=created["id"],
        body="<p>Moved to the runbook.</p>",
        expected_version=page["version"],
        message="shorter",
    )
    check(f"{label}: the update is the next version", updated.get("version") == page["version"] + 1, updated)
    await tools.refused(
        "confluence_update_page", "version", page_id=created["id"], body="<p>Late.</p>", expected_version=page["version"]
    )
    found, _ = await tools.call("confluence_search_pages", cql=f'title = "{title}"')
    check(f"{label}: the page is found", [row["id"] for row in found["items"]] == [created["id"]], found)
    page, _ = await tools.call("confluence_get_page", page_id=created["id"])
    check(f"{label}: the refused update wrote nothing", page.get("body") == "Moved to the runbook.", page)


async def what_goes_wrong(tools):
    await tools.refused("jira_get_issue", "INFRA-9999", issue_key="INFRA-9999")
    await tools.refused("jira_get_issue", "issue_key", issue_key="..")
    await tools.refused("jira_get_issue", "issue_key", key="DEMO-1")
    await tools.refused("jira_search_issues", "max_results", jql="project = DEMO", max_results=-1)
    await tools.refused("jira_search_issues", "nonsense", jql="nonsense = 1")
    await tools.refused("confluence_get_page", "999999999", page_id="999999999")
    try:
        await tools.client.call_tool("jira_delete_everything", {})
        check(f"{tools.label}: an unknown tool is a protocol error", False, "a result")
    except MCPError as error:
        holds = error.code == UNKNOWN_TOOL and "jira_get_issue" in error.message
        check(f"{tools.label}: an unknown tool is a protocol error", holds, error)


async def with_client(server, mode, version):
    async with Client(server, mode=mode, read_timeout_seconds=30) as client:
        tools = Tools(client, version)
        check(f"{version}: is the version spoken", client.protocol_version == version, client.protocol_version)
        info = client.server_info
        check(f"{version}: the server gives its name", info is not None and info.name == "atlassian-bridge", info)
        check(f"{version}: there are instructions", client.instructions, client.instructions)
        await tools.list()
        await every_tool(tools)
        await document_the_solution(tools)
        await what_goes_wrong(tools)
        check(f"{version}: every tool was called", tools.called == TOOLS, TOOLS - tools.called)


async def with_session(server):
    """The layer below `Client`, which many programs use."""
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        tools = Tools(session, "session")
        await tools.list()
        await asyncio.gather(*(tools.call("jira_get_issue", issue_key=f"DEMO-{number}") for number in (1, 2, 3)))


async def main(binary):
    server = StdioServerParameters(command=binary, args=["--demo"], env={"SSE_LOG_LEVEL": "error"})
    await with_client(server, "legacy", "2025-11-25")
    await with_client(server, "auto", "2026-07-28")
    await with_session(server)
    print(f"{failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} BINARY")
    sys.exit(asyncio.run(main(sys.argv[1])))
