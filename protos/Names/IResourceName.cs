namespace FaultMaven.Protos.Names;

/// <summary>A resource name (google.aip.dev/122) as a type: code past the first line of an RPC never handles names as text.</summary>
/// <typeparam name="TSelf">The name itself.</typeparam>
public interface IResourceName<TSelf>
    where TSelf : struct, IResourceName<TSelf>
{
    /// <summary>The form of the name for error messages, such as <c>cases/{case}</c>.</summary>
    static abstract string Pattern { get; }

    /// <summary>Reads a name. False if <paramref name="text"/> does not have its form.</summary>
    static abstract bool TryParse(string? text, out TSelf name);
}
