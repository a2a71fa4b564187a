namespace FaultMaven.State.Tests.Sqlite;

public sealed class CheckingConditionsOnSqlite(SqliteUnderTest store) : CheckingConditions(store), IClassFixture<SqliteUnderTest>;

public sealed class MakingChangesOnSqlite(SqliteUnderTest store) : MakingChanges(store), IClassFixture<SqliteUnderTest>;

public sealed class ReadingOnSqlite(SqliteUnderTest store) : Reading(store), IClassFixture<SqliteUnderTest>;

public sealed class ExpiringOnSqlite(SqliteUnderTest store) : Expiring(store), IClassFixture<SqliteUnderTest>;

public sealed class WritingAtOnceOnSqlite(SqliteUnderTest store) : WritingAtOnce(store), IClassFixture<SqliteUnderTest>;

public sealed class FollowingOnSqlite(SqliteUnderTest store) : Following(store), IClassFixture<SqliteUnderTest>;

public sealed class DoingAnythingOnSqlite(SqliteUnderTest store) : DoingAnything(store), IClassFixture<SqliteUnderTest>;

public sealed class AuditingOnSqlite(SqliteUnderTest store) : Auditing(store), IClassFixture<SqliteUnderTest>;

public sealed class RefusedCallsOnSqlite(SqliteUnderTest store) : RefusedCalls(store), IClassFixture<SqliteUnderTest>;
