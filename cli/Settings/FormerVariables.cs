using System.Globalization;

namespace FaultMaven.Cli.Settings;

/// <summary>The variables of the former FaultMaven that are known, but for those that are taken over together with others.</summary>
internal static class FormerVariables
{
    private const string Unreadable = "the value cannot be read";
    private const string Traces = "traces go to OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Metrics = "metrics go to OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Vectors = "vectors are not used: knowledge is searched by words, in SQLite (Knowledge:Directory)";
    private const string Web = "the web is not searched";
    private const string Alerts = "alerts are made by what collects the metrics";

    // Whole families of variables of one subject.
    private static readonly (string Prefix, string Reason)[] s_families =
    [
        ("RATE_LIMIT_", "limits are of callers and tenants, and not of addresses, sessions or kinds of requests: RateLimits"),
        ("OPIK_", Traces), ("COMET_", Traces), ("GENERIC_APM_", Traces), ("PROMETHEUS_", Metrics),
        ("CHROMADB_", Vectors), ("CHROMA_", Vectors), ("PINECONE_", Vectors),
        ("WEB_SEARCH_", Web), ("ALERT_", Alerts), ("SMTP_", Alerts),
    ];

    private static readonly Dictionary<string, FormerVariable> s_all = Table().ToDictionary(variable => variable.Name);

    /// <summary>What is known of a variable by its name; null for nothing.</summary>
    public static FormerVariable? Find(string name) => s_all.GetValueOrDefault(name)
        ?? s_families.Where(family => name.StartsWith(family.Prefix, StringComparison.Ordinal))
            .Select(family => new FormerVariable(name, null, _ => null, family.Reason))
            .FirstOrDefault();

    /// <summary>Yes or no, as it was written.</summary>
    public static bool? Boolean(string value) => value.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" or "ON" => true,
        "FALSE" or "0" or "NO" or "OFF" => false,
        _ => null,
    };

    private static IEnumerable<FormerVariable> Table() =>
    [
        To("LLM_REQUEST_TIMEOUT", "Agent:Model:Timeout", Seconds),
        To("PRESIDIO_ANALYZER_URL", "Redaction:External:Address", Url),
        To("MIN_SCORE_THRESHOLD", "Redaction:External:Threshold", Share),
        To("SUPPORTED_LANGUAGES", "Redaction:External:Language", One, "one language is asked for: set Redaction:External:Language"),
        To("MAX_FILE_SIZE_MB", "Data:Limits:MaxFileBytes", Megabytes),
        To("UPLOAD_TIMEOUT", "Data:Intake:RedactionTimeout", Seconds),
        To("ENVIRONMENT", "ASPNETCORE_ENVIRONMENT", value => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(value.ToLowerInvariant())),
        To("LOG_LEVEL", "Logging:LogLevel:Default", Level),
        To("LOG_FORMAT", "Logging:Console:FormatterName", value => value == "json" ? "json" : "simple"),

        .. None("the address is set as a whole: ASPNETCORE_URLS, or fm serve --listen", "HOST", "PORT"),
        .. None("the service runs in one process that uses all processors", "WORKERS", "RELOAD"),
        .. None("use LOG_LEVEL", "DEBUG"),
        .. None("a service that is missing is reported by /health/ready, and is not passed over", "SKIP_SERVICE_CHECKS"),
        .. None("an answer that cannot be used is asked for once more, then the analyst gives it", "LLM_MAX_RETRIES", "LLM_RETRY_DELAY"),
        .. None("the size of requests and answers follows from what is cited", "LLM_MAX_TOKENS", "LLM_CONTEXT_WINDOW"),
        .. None(
            Vectors, "EMBEDDING_MODEL", "OPENAI_EMBEDDING_MODEL", "SIMILARITY_THRESHOLD", "DOCUMENT_CHUNK_SIZE", "DOCUMENT_CHUNK_OVERLAP",
            "VECTOR_STORE"),
        .. None("a search says how many results it wants", "MAX_SEARCH_RESULTS", "KNOWLEDGE_MAX_SEARCH_RESULTS"),
        .. None("a search has the deadline of its call; Agent:Turns:KnowledgeTimeout in turns", "SEARCH_TIMEOUT"),
        .. None("a request has at most 6 MiB", "MAX_DOCUMENT_SIZE_MB"),
        .. None(
            "there are no sessions that expire: a case is open until it is closed", "SESSION_TIMEOUT_MINUTES", "SESSION_CLEANUP_INTERVAL",
            "SESSION_CLEANUP_INTERVAL_MINUTES", "CLEANUP_INTERVAL", "CLEANUP_INTERVAL_MINUTES", "SESSION_MAX_MEMORY_MB", "MAX_MEMORY_MB",
            "HEARTBEAT_INTERVAL_SECONDS", "SESSION_HEARTBEAT_INTERVAL_SECONDS", "MAX_SESSIONS_PER_USER"),
        .. None(
            "callers come with API keys, or tokens of an OpenID Connect provider: set Identity:Authority and Identity:Audience",
            "JWT_SECRET_KEY", "JWT_SECRET", "JWT_ALGORITHM", "JWT_EXPIRATION_HOURS", "IDENTITY_PROVIDER", "ACCESS_TOKEN_EXPIRE_MINUTES",
            "REFRESH_TOKEN_EXPIRE_DAYS"),
        .. None("answers have no headers of their own that pages must be allowed to see", "CORS_EXPOSE_HEADERS", "CORS_EXPOSED_HEADERS"),
        .. None(
            "protection is always on and fails closed", "PROTECTION_ENABLED", "PROTECTION_FAIL_OPEN", "BASIC_PROTECTION_ENABLED",
            "INTELLIGENT_PROTECTION_ENABLED"),
        .. None("text is redacted here, nothing is sent to be made anonymous", "PRESIDIO_ANONYMIZER_URL"),
        .. None(
            "callers are not rated by how they behave", "BEHAVIOR_ANALYSIS_WINDOW", "BEHAVIOR_PATTERN_THRESHOLD", "BEHAVIOR_WINDOW",
            "BEHAVIOR_THRESHOLD", "ML_MODEL_PATH", "ML_TRAINING_ENABLED", "ML_ONLINE_LEARNING", "ML_ONLINE_LEARNING_ENABLED",
            "REPUTATION_DECAY_RATE", "REPUTATION_RECOVERY_RATE", "PROTECTION_MONITORING_INTERVAL", "PROTECTION_CLEANUP_INTERVAL",
            "MONITORING_INTERVAL"),
        .. None("calls between services have deadlines and retries of their own", "CIRCUIT_FAILURE_THRESHOLD", "CIRCUIT_TIMEOUT"),
        .. None(Traces, "TRACING_ENABLED", "TRACE_LLM_CALLS", "TRACE_AGENT_WORKFLOWS"),
        .. None(Metrics, "METRICS_ENABLED", "METRICS_PORT", "ENABLE_PERFORMANCE_MONITORING", "ENABLE_DETAILED_TRACING"),
        .. None("a process is known by its host in traces and metrics", "INSTANCE_ID"),
        .. None(
            "logs go to standard error at once; what runs the process keeps and rotates them", "LOG_DEDUPE", "LOG_BUFFER_SIZE",
            "LOG_FLUSH_INTERVAL", "LOG_TO_FILE", "LOG_FILE_PATH", "LOG_FILE_MAX_SIZE_MB", "LOG_FILE_BACKUP_COUNT", "STRUCTURED_LOGGING",
            "INCLUDE_TRACE_ID"),
        .. None("what a file is, is found out from its content; Data:Limits:AllowedTypes restricts it", "ALLOWED_MIME_TYPES"),
        .. None("files are kept below Data:Directory", "TEMP_STORAGE_PATH", "FILE_STORAGE_PATH"),
        .. None(Web, "ENABLE_WEB_SEARCH", "SERP_API_KEY", "TAVILY_API_KEY"),
        .. None("services run in one process (fm serve) or apart (deploy/); nothing else differs", "PROFILE"),
        .. None("state is in the data folder of one process, or in the Redis of ConnectionStrings:redis", "DATABASE_URL"),
        .. None(
            "what it chose between is one way of working here; fm flag list has what can be switched", "ENABLE_LEGACY_COMPATIBILITY",
            "ENABLE_EXPERIMENTAL_FEATURES", "ENABLE_ADVANCED_REASONING", "USE_DI_CONTAINER", "USE_REFACTORED_SERVICES",
            "USE_REFACTORED_API", "ENABLE_MULTI_AGENT", "ENABLE_WORKFLOW_OPTIMIZATION"),
    ];

    private static FormerVariable To(string name, string key, Func<string, string?> value, string reason = Unreadable) =>
        new(name, key, value, reason);

    private static IEnumerable<FormerVariable> None(string reason, params string[] names) =>
        names.Select(name => new FormerVariable(name, null, _ => null, reason));

    private static string? Url(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? value : null;

    private static string? Share(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? value : null;

    /// <summary>The items of a list, which is written with commas or as JSON.</summary>
    public static IEnumerable<string> Items(string value) => value
        .Split(['[', ']', ',', '"', '\''], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? One(string value) => Items(value).ToList() is [var item] ? item : null;

    private static string? Seconds(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds).ToString("c", CultureInfo.InvariantCulture)
            : null;

    private static string? Megabytes(string value) => long.TryParse(value, CultureInfo.InvariantCulture, out var megabytes)
        ? (megabytes * 1024 * 1024).ToString(CultureInfo.InvariantCulture)
        : null;

    private static string? Level(string value) => value.ToUpperInvariant() switch
    {
        "DEBUG" => "Debug",
        "INFO" => "Information",
        "WARNING" => "Warning",
        "ERROR" => "Error",
        "CRITICAL" => "Critical",
        _ => null,
    };
}
