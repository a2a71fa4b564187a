using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FaultMaven.Knowledge.Database;

/// <summary>
/// Ready when the knowledge bases answer a query; degraded when one of them does and another does not, as most tenants are served then.
/// </summary>
internal sealed class KnowledgeDatabaseProbe(KnowledgeDatabases databases) : IHealthCheck
{
    /// <summary>How many are asked. What ails all of them, such as a disk that is away, shows in some.</summary>
    private const int MaxProbed = 8;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        KnowledgeDatabaseException? failure = null;
        var answered = 0;
        foreach (var database in databases.List(MaxProbed))
        {
            try
            {
                await database.ReadAsync(connection => connection.Scalar("SELECT count(*) FROM (SELECT 1 FROM documents LIMIT 1)"),
                    cancellationToken);
                answered++;
            }
            catch (KnowledgeDatabaseException exception)
            {
                failure = exception;
            }
        }

        return failure is null
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(
                answered == 0 ? context.Registration.FailureStatus : HealthStatus.Degraded, failure.Message, failure);
    }
}
