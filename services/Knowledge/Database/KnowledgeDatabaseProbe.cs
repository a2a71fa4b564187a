using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FaultMaven.Knowledge.Database;

/// <summary>Ready when the database answers a query.</summary>
internal sealed class KnowledgeDatabaseProbe(KnowledgeDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.ReadAsync(connection => connection.Scalar("SELECT count(*) FROM (SELECT 1 FROM documents LIMIT 1)"),
                cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (KnowledgeDatabaseException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
