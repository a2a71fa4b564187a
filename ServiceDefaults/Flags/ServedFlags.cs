namespace FaultMaven.ServiceDefaults.Flags;

/// <summary>The flags of one service, for the RPCs about them.</summary>
internal sealed record ServedFlags(FlagValues Values, FlagStore Store, FlagFollower Follower);
