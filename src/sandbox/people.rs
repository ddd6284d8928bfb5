//! The invented people who have a login on the sandbox.

use serde_json::{Value, json};

/// Someone with a login on both products.
#[derive(Debug)]
pub(super) struct Person {
    /// The login.
    pub(super) login: &'static str,
    /// The immutable key in Jira.
    pub(super) key: &'static str,
    /// The name that people see.
    pub(super) display_name: &'static str,
    /// The password.
    pub(super) password: &'static str,
    /// The personal access token.
    pub(super) token: &'static str,
    /// The immutable key in Confluence.
    pub(super) confluence_key: &'static str,
    /// The time zone in the profile.
    time_zone: &'static str,
    /// The number of the avatar.
    avatar: u32,
}

/// Everyone with a login.
pub(super) static PEOPLE: &[Person] = &[
    Person {
        login: crate::sandbox::USERNAME,
        key: "JIRAUSER10100",
        display_name: "Demo User",
        password: crate::sandbox::PASSWORD,
        token: crate::sandbox::TOKEN,
        confluence_key: "8a7f808a6b1c2d3e016b1c2d40000001",
        time_zone: "Europe/Berlin",
        avatar: 10341,
    },
    Person {
        login: "mfenwick",
        key: "JIRAUSER10101",
        display_name: "Mara Fenwick",
        password: "mfenwick-password",
        token: "sandbox-token-mfenwick",
        confluence_key: "8a7f808a6b1c2d3e016b1c2d40000002",
        time_zone: "Europe/London",
        avatar: 10342,
    },
    Person {
        login: "jweissdorn",
        key: "JIRAUSER10102",
        display_name: "Jörg Weißdorn",
        password: "jweissdorn-password",
        token: "sandbox-token-jweissdorn",
        confluence_key: "8a7f808a6b1c2d3e016b1c2d40000003",
        time_zone: "Europe/Berlin",
        avatar: 10343,
    },
    Person {
        login: "tsakurai",
        key: "JIRAUSER10103",
        display_name: "桜井 つむぎ",
        password: "tsakurai-password",
        token: "sandbox-token-tsakurai",
        confluence_key: "8a7f808a6b1c2d3e016b1c2d40000004",
        time_zone: "Asia/Tokyo",
        avatar: 10344,
    },
    Person {
        login: "onwadike",
        key: "JIRAUSER10104",
        display_name: "Obi Nwadike",
        password: "onwadike-password",
        token: "sandbox-token-onwadike",
        confluence_key: "8a7f808a6b1c2d3e016b1c2d40000005",
        time_zone: "Africa/Lagos",
        avatar: 10345,
    },
    Person {
        login: "lquintero",
        key: "JIRAUSER10105",
        display_name: "Lucía Quintero",
        password: "lquintero-password",
        token: "sandbox-token-lquintero",
        confluence_key: "8a7f808a6b1c2d3e016b1c2d40000006",
        time_zone: "America/Bogota",
        avatar: 10346,
    },
    Person {
        login: "buildbot",
        key: "JIRAUSER10106",
        display_name: "Build Bot",
        password: "buildbot-password",
        token: "sandbox-token-buildbot",
        confluence_key: "8a7f808a6b1c2d3e016b1c2d40000007",
        time_zone: "Etc/UTC",
        avatar: 10347,
    },
];

/// Finds someone by login; letter case does not matter, as on a real server.
pub(super) fn by_login(login: &str) -> Option<&'static Person> {
    PEOPLE
        .iter()
        .find(|person| person.login.eq_ignore_ascii_case(login))
}

/// Finds someone by login, Jira key or Confluence key.
pub(super) fn by_any_name(name: &str) -> Option<&'static Person> {
    by_login(name).or_else(|| {
        PEOPLE
            .iter()
            .find(|person| person.key == name || person.confluence_key == name)
    })
}

impl Person {
    /// The e-mail address.
    pub(super) fn email(&self) -> String {
        format!("{}@example.com", self.login)
    }

    /// The user as Jira puts it into issues.
    pub(super) fn in_jira(&self, base: &str) -> Value {
        json!({
            "self": format!("{base}/rest/api/2/user?username={}", self.login),
            "name": self.login,
            "key": self.key,
            "emailAddress": self.email(),
            "avatarUrls": self.avatars(base),
            "displayName": self.display_name,
            "active": true,
            "timeZone": self.time_zone,
        })
    }

    /// The user as Jira's own user resources show it.
    pub(super) fn profile_in_jira(&self, base: &str) -> Value {
        let mut profile = self.in_jira(base);
        if let Some(map) = profile.as_object_mut() {
            map.insert("locale".to_owned(), json!("en_US"));
            map.insert("deleted".to_owned(), json!(false));
            map.insert("groups".to_owned(), json!({"size": 2, "items": []}));
            map.insert(
                "applicationRoles".to_owned(),
                json!({"size": 1, "items": []}),
            );
            map.insert("expand".to_owned(), json!("groups,applicationRoles"));
        }
        profile
    }

    /// The user as Confluence shows it.
    pub(super) fn in_confluence(&self, base: &str) -> Value {
        json!({
            "type": "known",
            "username": self.login,
            "userKey": self.confluence_key,
            "profilePicture": {
                "path": "/confluence/images/icons/profilepics/default.svg",
                "width": 48,
                "height": 48,
                "isDefault": true,
            },
            "displayName": self.display_name,
            "_links": {"self": format!("{base}/rest/api/user?key={}", self.confluence_key)},
            "_expandable": {"status": ""},
        })
    }

    fn avatars(&self, base: &str) -> Value {
        let owner = self.login;
        let avatar = self.avatar;
        let url = |size: &str| {
            format!("{base}/secure/useravatar?{size}ownerId={owner}&avatarId={avatar}")
        };
        json!({
            "48x48": url(""),
            "24x24": url("size=small&"),
            "16x16": url("size=xsmall&"),
            "32x32": url("size=medium&"),
        })
    }
}
