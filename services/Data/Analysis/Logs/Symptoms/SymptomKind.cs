using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>A kind of failure that log messages report, and the phrases that identify it.</summary>
/// <param name="Kind">The kind of signal, as docs/signals.md lists it.</param>
/// <param name="Reports">What the messages report, to follow "42 entries report …".</param>
/// <param name="Floor">The lowest severity of the signal if the entry is a warning or worse.</param>
/// <param name="TargetAttribute">The attribute for what the message is about; empty if there is none.</param>
/// <param name="Phrases">A message with any of these, in upper or lower case, is of this kind.</param>
internal sealed record SymptomKind(string Kind, string Reports, Proto.Severity Floor, string TargetAttribute, params string[] Phrases)
{
    public SearchValues<string> Search { get; } = SearchValues.Create(Phrases, StringComparison.OrdinalIgnoreCase);

    /// <summary>The resource, for kinds that are about several resources; empty otherwise.</summary>
    public string Resource { get; private init; } = "";

    /// <summary>The line of <paramref name="message"/> that has one of the phrases; the first line if none has.</summary>
    public string TellingLine(ReadOnlySpan<char> message)
    {
        var at = Math.Max(0, message.IndexOfAny(Search));
        var rest = message[(message[..at].LastIndexOf('\n') + 1)..];
        var length = rest.IndexOf('\n');
        return (length < 0 ? rest : rest[..length]).Trim().ToString();
    }

    /// <summary>
    /// All kinds, the more specific before the more general: "timeout waiting for connection from pool" is about the pool.
    /// </summary>
    public static IReadOnlyList<SymptomKind> All { get; } =
    [
        new("log.out_of_memory", "running out of memory", Proto.Severity.Critical, "process",
            "out of memory", "OutOfMemory", "oom-kill", "oomkill", "oom killer", "oom_kill", "oom_reaper", "cannot allocate memory",
            "MemoryError", "bad_alloc", "ENOMEM",
            "memory limit exceeded", "out of shared memory", "memory exhausted", "used_memory > 'maxmemory'", "exit code 137"),
        new("log.disk_full", "a full disk", Proto.Severity.Critical, "path",
            "no space left on device", "ENOSPC", "disk full", "disk is full", "not enough space", "out of disk", "insufficient disk",
            "disk quota exceeded",
            "filesystem full", "could not extend", "disk watermark", "disk usage exceeded", "insufficient free space"),
        new("log.too_many_connections", "too many connections", Proto.Severity.Error, "target",
            "too many connections", "remaining connection slots", "too many clients", "max number of clients reached",
            "connection limit exceeded", "max_connections reached",
            "maximum number of connections"),
        new("log.pool_exhausted", "an exhausted pool", Proto.Severity.Error, "pool",
            "pool exhausted", "pool is exhausted", "exhausted pool", "connection is not available", "connection from pool",
            "connection from the pool", "QueuePool limit",
            "pool size reached", "max pool size", "pool is full", "pool is depleted", "RejectedExecutionException",
            "unable to acquire connection", "could not acquire connection",
            "pool timeout", "PoolTimeout", "unable to create new native thread", "unable to create native thread",
            "no available connection", "pool limit", "pool starvation"),
        new("log.rate_limited", "throttling", Proto.Severity.Warning, "target",
            "rate limit", "rate-limit", "ratelimit", "rate exceeded", "too many requests", "throttled", "throttling", "quota exceeded",
            "TooManyRequests", "RESOURCE_EXHAUSTED",
            "request limit exceeded", "HTTP 429", "status 429", "status=429", "status: 429"),
        new("log.deadlock", "a deadlock", Proto.Severity.Error, "",
            "deadlock", "lock wait timeout", "could not serialize access", "blocked for more than", "could not obtain lock",
            "lock timeout"),
        new("log.dns_failure", "a name that did not resolve", Proto.Severity.Error, "host",
            "no such host", "name resolution", "NXDOMAIN", "ENOTFOUND", "EAI_AGAIN", "could not resolve", "UnknownHostException",
            "SERVFAIL", "name or service not known",
            "failed to resolve", "cannot resolve", "unable to resolve", "dns lookup failed", "nodename nor servname", "dns error",
            "dns resolution failed", "host not found", ":53: server misbehaving", "temporary failure in name", "dns timeout",
            "no nameservers", "no answer from dns"),
        new("log.tls_failure", "a failed certificate check or TLS handshake", Proto.Severity.Error, "host",
            "certificate has expired", "certificate expired", "expired certificate", "x509:", "certificate verify failed", "SSL handshake",
            "TLS handshake error", "TLS handshake timeout",
            "handshake failed", "handshake failure", "SSLHandshakeException", "PKIX path", "self-signed certificate",
            "self signed certificate", "unknown ca", "bad certificate",
            "unable to get local issuer", "unknown authority", "CERT_HAS_EXPIRED", "certificate is not valid",
            "certificate is not trusted", "certificate verification failed",
            "SSL routines", "ssl.SSLError", "AuthenticationException: The remote certificate"),
        new("log.port_in_use", "an address already in use", Proto.Severity.Error, "address",
            "address already in use", "EADDRINUSE", "port is already allocated", "only one usage of each socket address",
            "port already in use", "is already in use", "failed to bind",
            "could not bind", "cannot assign requested address"),
        new("log.migration_failed", "a failed schema change or a schema mismatch", Proto.Severity.Error, "object",
            "migration failed", "failed to migrate", "migration error", "error running migration", "FlywayException", "MigrationException",
            "no such table", "no such column", "unknown column",
            "undefined column", "undefined table", "UndefinedTable", "UndefinedColumn", "DuplicateTable", "DuplicateColumn",
            "SQLSTATE 42701", "SQLSTATE 42P07", "schema mismatch", "pending migration", "migration checksum", "dirty database version",
            "error applying migration", "could not apply migration", "schema change failed"),
        new("log.health_check_failed", "a failed health check", Proto.Severity.Warning, "target",
            "health check failed", "healthcheck failed", "health check fail", "probe failed", "probe errored", "health check timed out",
            "is unhealthy", "became unhealthy", "marked unhealthy",
            "heartbeat failed", "missed heartbeat", "heartbeat timeout", "heartbeat lost", "failed health check", "no heartbeat"),
        new("log.auth_failure", "rejected credentials", Proto.Severity.Warning, "target",
            "authentication failed", "authentication failure", "failed to authenticate", "could not authenticate", "couldn't authenticate",
            "invalid credentials", "bad credentials",
            "unauthorized", "access denied for user", "login failed", "failed login", "failed password", "invalid password",
            "invalid token", "token expired", "token has expired", "expired token",
            "jwt expired", "ExpiredToken", "403 forbidden", "is forbidden:", "NOAUTH", "WRONGPASS", "invalid api key", "incorrect api key",
            "invalid user", "not authorized", "unauthenticated",
            "signature does not match", "SignatureDoesNotMatch", "no pg_hba.conf entry"),
        new("log.permission_denied", "denied access", Proto.Severity.Error, "target",
            "permission denied", "EACCES", "EPERM", "access is denied", "access denied", "AccessDenied", "operation not permitted",
            "read-only file system", "insufficient privilege",
            "UnauthorizedAccessException", "PERMISSION_DENIED"),
        new("log.message_backlog", "a growing backlog", Proto.Severity.Warning, "queue",
            "consumer lag", "lag exceed", "lag is", "backlog", "queue depth", "queue is full", "queue full", "messages behind",
            "falling behind", "queue size exceeded", "queue length exceed",
            "unconsumed messages", "too many unacked"),
        new("log.timeout", "a timeout", Proto.Severity.Error, "target",
            "timed out", "time out:", "timeout exceeded", "deadline exceeded", "DEADLINE_EXCEEDED", "DeadlineExceeded", "ETIMEDOUT",
            "TimeoutException", "TimeoutError", "read timeout", "request timeout", "connect timeout",
            "connection timeout", "i/o timeout", "timeout after", "timeout waiting", "timeout expired", "statement timeout",
            "timeout while", "timeout reached", "timeout occurred", "ReadTimeout",
            "ConnectTimeout", "timeout of", "query timeout", "operation timeout", "timeout:"),
        new("log.upstream_error", "a dependency that answers with errors", Proto.Severity.Error, "target",
            "bad gateway", "service unavailable", "gateway timeout", "gateway time-out", "upstream prematurely closed",
            "no live upstreams", "upstream connect error", "no healthy upstream", "upstream error",
            "circuit breaker", "circuitbreaker", "circuit open", "code = Unavailable", "StatusCode.UNAVAILABLE",
            "StatusCode=\"Unavailable\"", "HTTP 500", "HTTP 502", "HTTP 503", "HTTP 504",
            "status 500", "status 502", "status 503", "status 504", "status code 50", "status code: 50", "status=500", "status=502",
            "status=503", "status=504", "returned 500", "returned 502",
            "returned 503", "returned 504", "responded with 50", "internal server error", "server error: 50"),
        new("log.connection_refused", "refused or broken connections", Proto.Severity.Error, "target",
            "connection refused", "ECONNREFUSED", "connection reset", "ECONNRESET", "broken pipe", "EPIPE", "no route to host",
            "EHOSTUNREACH", "network is unreachable", "could not connect", "failed to connect",
            "cannot connect", "can't connect", "couldn't connect", "unable to connect", "connection failed", "connect failed",
            "connect error", "lost connection", "connection lost", "connection aborted",
            "closed the connection unexpectedly", "connection closed unexpectedly", "communications link failure",
            "connection to server lost", "actively refused", "connection was forcibly closed"),
        new("log.config_invalid", "a missing or malformed setting", Proto.Severity.Error, "setting",
            "missing required", "invalid configuration", "configuration error", "config error", "unknown option", "unrecognized option",
            "required environment variable", "environment variable",
            "invalid value for option", "invalid value for setting", "invalid value for property", "invalid value for parameter",
            "invalid value for flag", "for flag -",
            "invalid value for configuration", "invalid value for environment", "load config", "parse config", "unknown directive",
            "missing configuration", "missing config", "is not configured", "invalid setting", "could not load configuration",
            "ConfigurationException", "ConfigError", "invalid config", "unknown configuration", "missing setting",
            "could not resolve placeholder", "must be set", "OptionsValidationException"),
        new("log.data_invalid", "invalid data", Proto.Severity.Error, "object",
            "json parse error", "JsonParseException", "JsonException", "JSONDecodeError", "unexpected token", "invalid json", "malformed",
            "validation failed", "validation error", "ValidationError", "ValidationException",
            "violates unique constraint", "duplicate key", "violates foreign key", "violates not-null", "violates check constraint",
            "constraint violation", "ConstraintViolation", "invalid input syntax",
            "IntegrityError", "DataIntegrityViolation", "schema validation", "is corrupt", "corrupted", "data corruption",
            "checksum mismatch", "NumberFormatException", "invalid utf-8", "poison message",
            "data too long", "cannot deserialize", "could not deserialize", "unable to deserialize", "InvalidFormatException",
            "InvalidDefinitionException", "MalformedInput", "failed to deserialize", "deserialization failed", "SerializationException",
            "parse error", "unparseable", "invalid payload", "null value in column",
            "UnicodeDecodeError", "unexpected end of", "missing required field", "missing required column", "out of range value",
            "failed to parse", "schema registry"),
        new("log.gc_pressure", "long garbage collections", Proto.Severity.Warning, "",
            "GC overhead", "Full GC", "GC pause", "garbage collection took", "Pause Full", "stop-the-world", "long gc", "gc took",
            "spent collecting", "concurrent mode failure", "to-space exhausted"),
        new("log.crash", "a crash", Proto.Severity.Critical, "process",
            "segmentation fault", "segfault", "SIGSEGV", "SIGABRT", "SIGBUS", "panic:", "nil pointer dereference", "kernel panic",
            "fatal error:", "core dumped", "StackOverflow", "stack overflow", "aborted (core", "unhandled exception",
            "uncaught exception", "uncaughtException", "terminated unexpectedly", "exited unexpectedly", "exited with code",
            "exited with status", "exit status", "process crashed", "has crashed", "fatal signal",
            "panicked at", "CrashLoopBackOff", "back-off restarting", "assertion failed", "terminated by signal", "died unexpectedly",
            "exited abnormally"),
        new("metric.saturated", "transaction ids running out", Proto.Severity.Critical, "database",
            "must be vacuumed within", "must be vacuumed before", "is not accepting commands", "wraparound data loss")
        { Resource = "transaction_ids" },
    ];
}
