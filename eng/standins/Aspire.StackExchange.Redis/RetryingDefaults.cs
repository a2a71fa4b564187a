using StackExchange.Redis.Configuration;

namespace Aspire.StackExchange.Redis;

/// <summary>A Redis that isn't there yet is waited for; a connection string that says <c>abortConnect=true</c> still wins.</summary>
internal sealed class RetryingDefaults : DefaultOptionsProvider
{
    public override bool AbortOnConnectFail => false;
}
