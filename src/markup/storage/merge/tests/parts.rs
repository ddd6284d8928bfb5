//! Parts of lines and macros of which only something changed.

use super::check;

#[test]
fn parts_of_an_edited_line_keep_their_bytes() {
    check(&[
        (
            "macros, links, images, dates, emoticons, mentions",
            "<p>a <ac:structured-macro ac:name=\"status\" ac:macro-id=\"1\"><ac:parameter ac:name=\"title\">X</ac:parameter></ac:structured-macro> <ac:link ac:card=\"1\"><ri:page ri:content-title=\"P\" ri:version-at-save=\"2\" /></ac:link> <ac:image ac:layout=\"x\"><ri:attachment ri:filename=\"f\" /></ac:image> <time datetime=\"2026-01-01\"></time> <ac:emoticon ac:name=\"tick\" ac:emoji-id=\"1\"/> <ac:link><ri:user ri:username=\"ann\" ri:userkey=\"k\"/></ac:link> <a class=\"q\" href=\"https://x.y\">z</a></p>",
            "<p>b <ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"title\">X</ac:parameter></ac:structured-macro> <ac:link><ri:page ri:content-title=\"P\" /></ac:link> <ac:image><ri:attachment ri:filename=\"f\" /></ac:image> <time datetime=\"2026-01-01\" /> <ac:emoticon ac:name=\"tick\"/> <ac:link><ri:user ri:username=\"ann\"/></ac:link> <strong><a href=\"https://x.y\">z</a></strong></p>",
            "<p>b <ac:structured-macro ac:name=\"status\" ac:macro-id=\"1\"><ac:parameter ac:name=\"title\">X</ac:parameter></ac:structured-macro> <ac:link ac:card=\"1\"><ri:page ri:content-title=\"P\" ri:version-at-save=\"2\" /></ac:link> <ac:image ac:layout=\"x\"><ri:attachment ri:filename=\"f\" /></ac:image> <time datetime=\"2026-01-01\"></time> <ac:emoticon ac:name=\"tick\" ac:emoji-id=\"1\"/> <ac:link><ri:user ri:username=\"ann\" ri:userkey=\"k\"/></ac:link> <strong><a class=\"q\" href=\"https://x.y\">z</a></strong></p>",
        ),
        (
            "each in its order, copies like the last",
            "<p>a <ac:emoticon ac:name=\"tick\" id=\"1\"/> <ac:emoticon ac:name=\"tick\" id=\"2\"/></p>",
            "<p>b <ac:emoticon ac:name=\"tick\"/> <ac:emoticon ac:name=\"tick\"/> <ac:emoticon ac:name=\"tick\"/></p>",
            "<p>b <ac:emoticon ac:name=\"tick\" id=\"1\"/> <ac:emoticon ac:name=\"tick\" id=\"2\"/> <ac:emoticon ac:name=\"tick\" id=\"2\"/></p>",
        ),
        (
            "from another paragraph, rather one that is gone",
            "<p>one <ac:emoticon ac:name=\"tick\" id=\"1\"/></p><h1>two <ac:emoticon ac:name=\"tick\" id=\"2\"/></h1>",
            "<p>one <ac:emoticon ac:name=\"tick\"/></p><ul><li>three <ac:emoticon ac:name=\"tick\"/></li></ul>",
            "<p>one <ac:emoticon ac:name=\"tick\" id=\"1\"/></p><ul><li>three <ac:emoticon ac:name=\"tick\" id=\"2\"/></li></ul>",
        ),
        (
            "a link with another text",
            "<p>a <ac:link ac:card=\"1\"><ri:page ri:content-title=\"P\" ri:version-at-save=\"2\" /><ac:plain-text-link-body><![CDATA[old]]></ac:plain-text-link-body></ac:link></p>",
            "<p>a <ac:link><ri:page ri:content-title=\"P\" /><ac:link-body>n<strong>e</strong>w</ac:link-body></ac:link></p>",
            "<p>a <ac:link ac:card=\"1\"><ri:page ri:content-title=\"P\" ri:version-at-save=\"2\" /><ac:link-body>n<strong>e</strong>w</ac:link-body></ac:link></p>",
        ),
        (
            "a link that gets a text",
            "<p>a <ac:link ac:anchor=\"x\" id=\"1\" /></p>",
            "<p>a <ac:link ac:anchor=\"x\"><ac:plain-text-link-body><![CDATA[new]]></ac:plain-text-link-body></ac:link></p>",
            "<p>a <ac:link ac:anchor=\"x\" id=\"1\"><ac:plain-text-link-body><![CDATA[new]]></ac:plain-text-link-body></ac:link></p>",
        ),
        (
            "an address with another text",
            "<p><a class=\"q\" href=\"https://x.y\">old</a> b</p>",
            "<p><a href=\"https://x.y\">new</a> b</p>",
            "<p><a class=\"q\" href=\"https://x.y\">new</a> b</p>",
        ),
        (
            "an image of another width",
            "<p>a <ac:image ac:width=\"3\" ac:x=\"1\" ac:border=\"true\"><ri:attachment ri:filename=\"f\" ri:version-at-save=\"1\"/></ac:image></p>",
            "<p>a <ac:image ac:width=\"5\" ac:alt=\"b\"><ri:attachment ri:filename=\"f\"/></ac:image></p>",
            "<p>a <ac:image ac:width=\"5\" ac:x=\"1\" ac:alt=\"b\"><ri:attachment ri:filename=\"f\" ri:version-at-save=\"1\"/></ac:image></p>",
        ),
    ]);
}

#[test]
fn macros_change_in_the_parameter_or_the_body_that_changed() {
    check(&[
        (
            "a parameter in a line",
            "<p>a <ac:structured-macro ac:name=\"status\" ac:macro-id=\"1\"><ac:parameter ac:name=\"colour\">Red</ac:parameter><ac:parameter ac:name=\"title\">X</ac:parameter></ac:structured-macro></p>",
            "<p>a <ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"colour\">Red</ac:parameter><ac:parameter ac:name=\"title\">Y &amp; Z</ac:parameter></ac:structured-macro></p>",
            "<p>a <ac:structured-macro ac:name=\"status\" ac:macro-id=\"1\"><ac:parameter ac:name=\"colour\">Red</ac:parameter><ac:parameter ac:name=\"title\">Y &amp; Z</ac:parameter></ac:structured-macro></p>",
        ),
        (
            "a body",
            "<ac:structured-macro ac:name=\"info\" ac:macro-id=\"1\"><ac:parameter ac:name=\"icon\">false</ac:parameter><ac:rich-text-body>\n<p class=\"a\">one</p>\n<p>two</p></ac:rich-text-body></ac:structured-macro>",
            "<ac:structured-macro ac:name=\"info\"><ac:parameter ac:name=\"icon\">false</ac:parameter><ac:rich-text-body><p>one</p><p>2</p></ac:rich-text-body></ac:structured-macro>",
            "<ac:structured-macro ac:name=\"info\" ac:macro-id=\"1\"><ac:parameter ac:name=\"icon\">false</ac:parameter><ac:rich-text-body>\n<p class=\"a\">one</p>\n<p>2</p></ac:rich-text-body></ac:structured-macro>",
        ),
        (
            "a parameter more, one less, one that was empty",
            "<ac:structured-macro ac:name=\"toc\" ac:macro-id=\"1\"><ac:parameter ac:name=\"a\">1</ac:parameter><ac:parameter ac:name=\"b\"/><ac:parameter ac:name=\"server\">s</ac:parameter></ac:structured-macro>",
            "<ac:structured-macro ac:name=\"toc\"><ac:parameter ac:name=\"b\">2</ac:parameter><ac:parameter ac:name=\"c\">3</ac:parameter></ac:structured-macro>",
            "<ac:structured-macro ac:name=\"toc\" ac:macro-id=\"1\"><ac:parameter ac:name=\"b\">2</ac:parameter><ac:parameter ac:name=\"c\">3</ac:parameter><ac:parameter ac:name=\"server\">s</ac:parameter></ac:structured-macro>",
        ),
        (
            "a first parameter",
            "<ac:structured-macro ac:name=\"toc\" ac:macro-id=\"1\" />",
            "<ac:structured-macro ac:name=\"toc\"><ac:parameter ac:name=\"c\">3</ac:parameter></ac:structured-macro>",
            "<ac:structured-macro ac:name=\"toc\" ac:macro-id=\"1\"><ac:parameter ac:name=\"c\">3</ac:parameter></ac:structured-macro>",
        ),
        (
            "code",
            "<ac:structured-macro ac:name=\"code\" ac:macro-id=\"1\"><ac:parameter ac:name=\"theme\">T</ac:parameter><ac:parameter ac:name=\"language\">java</ac:parameter><ac:plain-text-body><![CDATA[old]]></ac:plain-text-body></ac:structured-macro>",
            "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"theme\">T</ac:parameter><ac:parameter ac:name=\"language\">java</ac:parameter><ac:plain-text-body><![CDATA[new]]]]><![CDATA[>]]></ac:plain-text-body></ac:structured-macro>",
            "<ac:structured-macro ac:name=\"code\" ac:macro-id=\"1\"><ac:parameter ac:name=\"theme\">T</ac:parameter><ac:parameter ac:name=\"language\">java</ac:parameter><ac:plain-text-body><![CDATA[new]]]]><![CDATA[>]]></ac:plain-text-body></ac:structured-macro>",
        ),
        (
            "the language of code",
            "<ac:structured-macro ac:name=\"code\" ac:macro-id=\"1\"><ac:parameter ac:name=\"language\">java</ac:parameter><ac:plain-text-body><![CDATA[old]]></ac:plain-text-body></ac:structured-macro>",
            "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">c</ac:parameter><ac:parameter ac:name=\"title\">T</ac:parameter><ac:plain-text-body><![CDATA[old]]></ac:plain-text-body></ac:structured-macro>",
            "<ac:structured-macro ac:name=\"code\" ac:macro-id=\"1\"><ac:parameter ac:name=\"language\">c</ac:parameter><ac:parameter ac:name=\"title\">T</ac:parameter><ac:plain-text-body><![CDATA[old]]></ac:plain-text-body></ac:structured-macro>",
        ),
        (
            "preformatted text",
            "<pre class=\"x\">old</pre>",
            "<pre>a &lt; b</pre>",
            "<pre class=\"x\">a &lt; b</pre>",
        ),
        (
            "a section of a layout",
            "<ac:layout><ac:layout-section ac:type=\"single\" ac:x=\"1\"><ac:layout-cell><p class=\"a\">one</p><p>two</p></ac:layout-cell></ac:layout-section></ac:layout>",
            "<ac:layout><ac:layout-section ac:type=\"two_equal\"><ac:layout-cell><p>one</p></ac:layout-cell><ac:layout-cell><p>two</p></ac:layout-cell></ac:layout-section></ac:layout>",
            "<ac:layout><ac:layout-section ac:type=\"two_equal\" ac:x=\"1\"><ac:layout-cell><p class=\"a\">one</p></ac:layout-cell><ac:layout-cell><p>two</p></ac:layout-cell></ac:layout-section></ac:layout>",
        ),
    ]);
}
