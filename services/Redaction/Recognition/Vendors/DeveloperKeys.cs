using static FaultMaven.Redaction.Recognition.Alphabets;
using static FaultMaven.Redaction.Recognition.Vendors.KeyForm;

namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>Source control, package registries, builds and code quality. Forms from the vendors' documentation of their tokens.</summary>
internal static class DeveloperKeys
{
    public static readonly KeyForm[] Forms =
    [
        // github.blog, "Behind GitHub's new authentication token formats": 36 characters today, up to 255 reserved.
        new("GITHUB_TOKEN", "ghp_", Word, 36, 255),
        new("GITHUB_TOKEN", "gho_", Word, 36, 255),
        new("GITHUB_TOKEN", "ghu_", Word, 36, 255),
        new("GITHUB_TOKEN", "ghs_", Base64UrlDotted, 36, 1024),
        new("GITHUB_TOKEN", "ghr_", Word, 36, 255),
        new("GITHUB_TOKEN", "github_pat_", Word, 60, 255),

        // docs.gitlab.com, "Token overview": routable tokens add ".01." and more.
        AtLeast("GITLAB_TOKEN", "glpat-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "gloas-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "gldt-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "glrt-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "glrtr-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "glcbt-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "glptt-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "glft-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "glimt-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "glagent-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "glwt-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "glsoat-", Base64UrlDotted, 20),
        AtLeast("GITLAB_TOKEN", "glffct-", Base64UrlDotted, 20),
        new("GITLAB_TOKEN", "GR1348941", Base64Url, 20, 50),

        // Atlassian: a checksum of eight hex digits follows "=", which may be escaped.
        AtLeast("ATLASSIAN_TOKEN", "ATATT3", Token, 60),
        AtLeast("ATLASSIAN_TOKEN", "ATCTT3", Token, 60),
        AtLeast("BITBUCKET_TOKEN", "ATBB", Token, 28, needsDigit: true),
        AtLeast("TRELLO_TOKEN", "ATTA", Alphanumeric, 60),

        Exactly("NPM_TOKEN", "npm_", Alphanumeric, 36),
        AtLeast("PYPI_TOKEN", "pypi-AgE", Base64Url, 50),
        Exactly("NUGET_KEY", "oy2", LowerAlphanumeric, 43),
        Exactly("RUBYGEMS_KEY", "rubygems_", LowerHex, 48),
        Exactly("CRATES_TOKEN", "cio", Alphanumeric, 32, needsDigit: true),
        Exactly("CLOJARS_TOKEN", "CLOJARS_", LowerAlphanumeric, 60),
        AtLeast("DOCKER_TOKEN", "dckr_pat_", Base64Url, 27),
        AtLeast("DOCKER_TOKEN", "dckr_oat_", Base64Url, 27),
        AtLeast("PACKAGIST_TOKEN", "packagist_", Word, 50),
        AtLeast("JFROG_TOKEN", "AKCp", Alphanumeric, 60),
        AtLeast("JFROG_TOKEN", "cmVmdGtuO", Base64, 50),
        Exactly("SOURCEGRAPH_TOKEN", "sgp_", Word, 40),
        new("SONARQUBE_TOKEN", "squ_", LowerHex, 40, 40),
        new("SONARQUBE_TOKEN", "sqp_", LowerHex, 40, 40),
        new("SONARQUBE_TOKEN", "sqa_", LowerHex, 40, 40),
        AtLeast("CIRCLECI_TOKEN", "CCIPAT_", Base64Url, 40),
        AtLeast("CIRCLECI_TOKEN", "CCIPRJ_", Base64Url, 40),
        Exactly("BUILDKITE_TOKEN", "bkua_", LowerHex, 40),
        Exactly("POSTMAN_KEY", "PMAK-", HexDashed, 59),
        AtLeast("JETBRAINS_TOKEN", "perm:", Base64UrlDotted, 40),
        AtLeast("JETBRAINS_TOKEN", "perm-", Base64UrlDotted, 60, needsDigit: true),

        // Our own: an id of 16 characters, "_", 43 random characters and a checksum of 6.
        Exactly("FAULTMAVEN_KEY", "fmk_", Word, 66),
        AtLeast("SNYK_TOKEN", "snyk_uat.", Base64UrlDotted, 40),
        Exactly("README_KEY", "rdme_", LowerAlphanumeric, 70),
    ];
}
