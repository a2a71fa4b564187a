namespace FaultMaven.Redaction.Store;

/// <summary>What there is in the partition of a scope.</summary>
internal static class ScopeKeys
{
    /// <summary>The record of a <see cref="ScopeHead"/>. It stays for ever.</summary>
    public const string Head = "head";

    /// <summary>The stream of <see cref="DigestRuns"/>, which stays until the scope is forgotten.</summary>
    public const string Digests = "digests";

    /// <summary>What the keys of sealed values begin with. They expire.</summary>
    public const string Values = "values/";

    /// <summary>What the keys of the sealed values of a block begin with: <c>values/EMAIL_ADDRESS/3/</c>.</summary>
    public static string ValuesOf(ValuePlace place) => $"{Values}{place}/";
}
