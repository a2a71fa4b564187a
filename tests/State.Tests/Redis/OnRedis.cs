namespace FaultMaven.State.Tests.Redis;

public sealed class CheckingConditionsOnRedis(RedisUnderTest store) : CheckingConditions(store), IClassFixture<RedisUnderTest>;

public sealed class MakingChangesOnRedis(RedisUnderTest store) : MakingChanges(store), IClassFixture<RedisUnderTest>;

public sealed class ReadingOnRedis(RedisUnderTest store) : Reading(store), IClassFixture<RedisUnderTest>;

public sealed class ExpiringOnRedis(RedisUnderTest store) : Expiring(store), IClassFixture<RedisUnderTest>;

public sealed class WritingAtOnceOnRedis(RedisUnderTest store) : WritingAtOnce(store), IClassFixture<RedisUnderTest>;

public sealed class FollowingOnRedis(RedisUnderTest store) : Following(store), IClassFixture<RedisUnderTest>;

public sealed class DoingAnythingOnRedis(RedisUnderTest store) : DoingAnything(store), IClassFixture<RedisUnderTest>
{
    // Every read is a call to another process.
    protected override int RunCount => 15;
}

/// <summary>A cluster refuses a transaction whose keys are not all in one slot.</summary>
public sealed class MakingChangesOnARedisCluster(RedisCluster store) : MakingChanges(store), IClassFixture<RedisCluster>;

public sealed class ReadingOnARedisCluster(RedisCluster store) : Reading(store), IClassFixture<RedisCluster>;

public sealed class FollowingOnARedisCluster(RedisCluster store) : Following(store), IClassFixture<RedisCluster>;

public sealed class AuditingOnRedis(RedisUnderTest store) : Auditing(store), IClassFixture<RedisUnderTest>;

public sealed class RefusedCallsOnRedis(RedisUnderTest store) : RefusedCalls(store), IClassFixture<RedisUnderTest>;
