namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>The sequences that the index keeps cases in, and what the keys of their entries end with.</summary>
internal enum CaseSequence
{
    /// <summary>In the order in which they were created, <c>{place}</c>; the cases of each facet.</summary>
    Creation,

    /// <summary>
    /// In the order of their last events, <c>{time}/{place}</c>; all cases. One entry of a case is all that an addition to it moves.
    /// </summary>
    Update,
}
