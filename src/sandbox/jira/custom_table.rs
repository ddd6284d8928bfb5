//! The table of custom fields.

use crate::sandbox::jira::custom::Kind::{
    Cascade, Checkboxes, Date, DateTime, EpicLink, EpicName, Labels, MultiSelect, MultiUser,
    Number, Radio, Rank, Select, Sprint, Text, TextArea, Url, User, Versions,
};
use crate::sandbox::jira::custom::{CustomField, Kind};

const TEAMS: &[&str] = &[
    "Storefront",
    "Payments",
    "Search & Discovery",
    "Platform",
    "Équipe Données",
];
const SEVERITIES: &[&str] = &["S1 - Critical", "S2 - Major", "S3 - Minor", "S4 - Cosmetic"];
const CAUSES: &[&str] = &[
    "Code",
    "Configuration",
    "Capacity",
    "Third party",
    "Unknown",
];
const ENVIRONMENTS: &[&str] = &["Production", "Staging", "Preview", "Local"];
const REGIONS: &[&str] = &["eu-central", "eu-west", "us-east", "ap-south"];
const LEVELS: &[&str] = &["High", "Medium", "Low"];
const YES_NO: &[&str] = &["Yes", "No"];
const TEST_LEVELS: &[&str] = &["Unit", "Integration", "End to end", "Manual"];
const REVIEW: &[&str] = &["Not needed", "Requested", "Under way", "Passed"];
const DATA: &[&str] = &["Public", "Internal", "Personal", "Payment"];
const CHANNELS: &[&str] = &["Support", "Sales", "Monitoring", "Chat", "E-mail"];
const LANGUAGES: &[&str] = &["Deutsch", "English", "Español", "日本語"];
const FLAGS: &[&str] = &["Impediment"];
const QUARTERS: &[&str] = &["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"];
const THEMES: &[&str] = &["Growth", "Trust", "Speed", "Upkeep"];
const SIZES: &[&str] = &["XS", "S", "M", "L", "XL"];
const TIERS: &[&str] = &["Basic", "Plus", "Premium"];
const READY: &[&str] = &["Described", "Estimated", "Designed", "Reviewed"];
const SERVICES: &[(&str, &[&str])] = &[
    ("Shop", &["Cart", "Checkout", "Catalogue"]),
    ("Accounts", &["Login", "Profile"]),
    ("Shared", &["Mail", "Search index"]),
];
const AREAS: &[(&str, &[&str])] = &[
    ("Retail", &["Online", "Outlet"]),
    ("Wholesale", &["Partners", "Bulk orders"]),
];
const CLUSTERS: &[(&str, &[&str])] = &[("production", &["eu-1", "us-1"]), ("staging", &["eu-2"])];

/// All custom fields.
pub(super) static CUSTOM_FIELDS: &[CustomField] = &[
    field(10004, "Sprint", Sprint),
    field(10006, "Story Points", Number),
    field(10008, "Epic Link", EpicLink),
    field(10009, "Epic Name", EpicName),
    field(10011, "Rank", Rank),
    field(10019, "Team", Select(TEAMS)),
    field(10027, "Severity", Select(SEVERITIES)),
    field(10032, "Root Cause", Select(CAUSES)),
    field(10040, "Acceptance Criteria", TextArea),
    field(10045, "Target start", DateTime),
    field(10058, "Target end", DateTime),
    field(10066, "Reviewer", User),
    field(10069, "QA Contact", User),
    field(10077, "Approvers", MultiUser),
    field(10085, "Stakeholders", MultiUser),
    field(10090, "Found in Environment", MultiSelect(ENVIRONMENTS)),
    field(10098, "Affected Regions", MultiSelect(REGIONS)),
    field(10103, "Service", Cascade(SERVICES)),
    field(10116, "Business Area", Cascade(AREAS)),
    field(10124, "Customer Impact", Select(LEVELS)),
    field(10127, "Customer Tickets", Number),
    field(10135, "Customer Labels", Labels),
    field(10143, "Release Notes", TextArea),
    field(10148, "Release Note Needed", Radio(YES_NO)),
    field(10156, "Regression", Radio(YES_NO)),
    field(10161, "Verified in Version", Versions),
    field(10174, "Backport To", Versions),
    field(10182, "Change Request", Text),
    field(10185, "Change Window Start", DateTime),
    field(10193, "Change Window End", DateTime),
    field(10201, "Change Risk", Select(LEVELS)),
    field(10206, "Change Approver", User),
    field(10214, "Rollback Plan", TextArea),
    field(10219, "Test Plan", TextArea),
    field(10232, "Test Evidence", Url),
    field(10240, "Test Environments", Checkboxes(ENVIRONMENTS)),
    field(10243, "Test Level", Select(TEST_LEVELS)),
    field(10251, "Automated", Radio(YES_NO)),
    field(10259, "Security Review", Select(REVIEW)),
    field(10264, "Security Contacts", MultiUser),
    field(10272, "Data Classes", MultiSelect(DATA)),
    field(10277, "Privacy Review", Select(REVIEW)),
    field(10290, "Privacy Notes", TextArea),
    field(10298, "Legal Contacts", MultiUser),
    field(10301, "Cost Centre", Text),
    field(10309, "Budget", Number),
    field(10317, "Business Value", Number),
    field(10322, "Time Criticality", Number),
    field(10330, "Risk Reduction", Number),
    field(10335, "Job Size", Number),
    field(10348, "Weighted Score", Number),
    field(10356, "Requested By", User),
    field(10359, "Request Channel", Select(CHANNELS)),
    field(10367, "Request Date", Date),
    field(10375, "Commitment Date", Date),
    field(10380, "Committed To", MultiUser),
    field(10388, "Design Link", Url),
    field(10393, "Design Owners", MultiUser),
    field(10406, "Design Status", Select(REVIEW)),
    field(10414, "Documentation Link", Url),
    field(10417, "Documentation Status", Select(REVIEW)),
    field(10425, "Translation Needed", Checkboxes(LANGUAGES)),
    field(10433, "Translation Status", Select(REVIEW)),
    field(10438, "Accessibility Check", Select(REVIEW)),
    field(10446, "Accessibility Notes", TextArea),
    field(10451, "Feature Flag", Text),
    field(10464, "Rollout Percentage", Number),
    field(10472, "Rollout Regions", MultiSelect(REGIONS)),
    field(10475, "Rollout Owners", MultiUser),
    field(10483, "Experiment", Text),
    field(10491, "Experiment Result", TextArea),
    field(10496, "Dashboards", Url),
    field(10504, "Alert Name", Text),
    field(10509, "Detected At", DateTime),
    field(10522, "Mitigated At", DateTime),
    field(10530, "Detection Source", Select(CHANNELS)),
    field(10533, "Incident Commander", User),
    field(10541, "Responders", MultiUser),
    field(10549, "Post-mortem Link", Url),
    field(10554, "Minutes of Downtime", Number),
    field(10562, "Error Budget Spent (%)", Number),
    field(10567, "Runbook", Url),
    field(10580, "Cluster", Cascade(CLUSTERS)),
    field(10588, "Hosts", Labels),
    field(10591, "Monitoring Labels", Labels),
    field(10599, "Vendor", Text),
    field(10607, "Vendor Ticket", Text),
    field(10612, "Contract Until", Date),
    field(10620, "Flagged", Checkboxes(FLAGS)),
    field(10625, "Blocked Reason", TextArea),
    field(10638, "Unblocks On", Date),
    field(10646, "Parent Objective", Text),
    field(10649, "Quarter", MultiSelect(QUARTERS)),
    field(10657, "Theme", Select(THEMES)),
    field(10665, "Confidence", Select(LEVELS)),
    field(10670, "Effort (Größe)", Select(SIZES)),
    field(10678, "お客様の声", TextArea),
    field(10683, "Watch List", MultiUser),
    field(10696, "Support Tier", Select(TIERS)),
    field(10704, "Pair Partner", User),
    field(10707, "Definition of Ready", Checkboxes(READY)),
    field(10715, "Definition of Done", Checkboxes(READY)),
];

/// The custom field with an id such as `customfield_10000`.
pub(super) fn by_id(id: &str) -> Option<&'static CustomField> {
    let number: u32 = id.strip_prefix("customfield_")?.parse().ok()?;
    CUSTOM_FIELDS.iter().find(|field| field.number == number)
}

const fn field(number: u32, name: &'static str, kind: Kind) -> CustomField {
    CustomField { number, name, kind }
}
