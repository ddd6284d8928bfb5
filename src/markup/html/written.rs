//! What is rendered, read and written as Markdown.

use crate::markup::markdown;

fn markdown_of(html: &str) -> String {
    markdown::write(&super::read(html))
}

#[test]
fn macros_of_confluence_are_told_as_in_storage_format() {
    let page = r#"<div class="toc-macro rbtoc1"><ul><li><a href="/a">A</a></li></ul></div>
        <div class="confluence-information-macro confluence-information-macro-note conf-macro"><p class="title">Look</p><span class="aui-icon confluence-information-macro-icon"></span><div class="confluence-information-macro-body"><p>here <strong>now</strong></p></div></div>
        <div class="panelMacro"><table class="tipMacro"><tr><td><img src="/images/icons/emoticons/check.gif"></td><td><p>old</p></td></tr></table></div>
        <div class="panel"><div class="panelHeader"><b>Box</b></div><div class="panelContent"><p>inside</p></div></div>
        <div id="expander-1" class="expand-container"><div class="expand-control"><span class="expand-control-text">More</span></div><div class="expand-content expand-hidden" style="display:none"><ul><li>one</li></ul></div></div>
        <div class="code panel"><div class="codeHeader panelHeader"><b>a.py</b></div><div class="codeContent panelContent"><pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: py; gutter: true">if a &lt; b:
    pass</pre></div></div>
        <p><span class="status-macro aui-lozenge aui-lozenge-success">Done</span> by <a class="confluence-userlink user-mention" data-username="jdoe" href="/display/~jdoe">Jane</a>: <span class="jira-issue" data-jira-key="ABC-1"><a href="https://jira.example.com/browse/ABC-1" class="jira-issue-key"><img class="icon" src="/bug.png">ABC-1</a> - <span class="summary">Broken</span></span> <img class="emoticon emoticon-tick" src="/x.svg"></p>
        <p><span class="confluence-embedded-file-wrapper"><img class="confluence-embedded-image" width="300" src="/download/attachments/1/a%20b.png?api=v2" data-linked-resource-default-alias="a b.png"></span></p>
        <ul class="inline-task-list"><li data-inline-task-id="1">open</li><li class="checked" data-inline-task-id="2"><span class="placeholder-inline-tasks">done <time datetime="2026-03-14">14 Mar 2026</time></span></li></ul>"#;
    insta::assert_snapshot!(markdown_of(page), @r#"
    <ac-toc/>

    > [!IMPORTANT] Look
    >
    > here **now**

    > [!TIP]
    > old

    <ac-panel title="Box">

    inside

    </ac-panel>

    <details><summary>More</summary>

    - one

    </details>

    ```py title="a.py" linenumbers="true"
    if a < b:
        pass
    ```

    <ac-status colour="Green" title="Done"/> by @jdoe: <ac-jira key="ABC-1"/> - Broken :tick:

    <img src="attachment:a%20b.png" width="300">

    - [ ] open
    - [x] done <time datetime="2026-03-14"/>
    "#);
}

#[test]
fn a_description_of_jira_is_plain_markdown() {
    let description = r##"<h2><a name="Steps"></a>Steps</h2>
        <ol><li>Open <tt>app</tt><ul class="alternate" type="square"><li>then <ins>wait</ins></li></ul></li><li>See <font color="red">red</font></li></ol>
        <p>one<br/>
        two<br class="atl-forced-newline" />three <a href="https://example.com" class="external-link" rel="nofollow">https://example.com</a> and <a href="#there">there</a><a name="there"></a></p>
        <div class="table-wrap"><table class="confluenceTable"><tbody><tr><th class="confluenceTh">Key</th><th class="confluenceTh">Value</th></tr><tr><td class="confluenceTd">a|b</td><td class="confluenceTd"><img src="/images/icons/emoticons/check.png"></td></tr></tbody></table></div>
        <p><span class="image-wrap"><img src="https://jira.example.com/secure/attachment/1/1_a.png" style="border: 0px solid black" /></span> <a href="https://jira.example.com/browse/ABC-2" title="Other" class="issue-link" data-issue-key="ABC-2">ABC-2</a> <a href="/secure/ViewProfile.jspa?name=jdoe" class="user-hover" rel="jdoe">Jane Doe</a></p>
        <div class="preformatted panel"><div class="preformattedContent panelContent"><pre>a  b
</pre></div></div>
        <blockquote>said <cite>Book</cite></blockquote><hr/>"##;
    insta::assert_snapshot!(markdown_of(description), @r#"
    ## Steps

    1. Open `app`
       - then <u>wait</u>
    2. See <span style="color: red">red</span>

    one\
    two\
    three https://example.com and [there](#there)<ac-anchor _="there"/>

    | Key | Value |
    | --- | --- |
    | a\|b | :tick: |

    ![](https://jira.example.com/secure/attachment/1/1_a.png) [ABC-2](https://jira.example.com/browse/ABC-2 "Other") @jdoe

    ```noformat
    a  b
    ```

    > said <cite>Book</cite>

    ---
    "#);
}
