using FaultMaven.Redaction.Recognition;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Redaction.Policies;

/// <summary>Makes policies ready for use. Those that change little share the index of all recognisers.</summary>
internal sealed class PolicyCompiler(RecognitionEngine engine, TimeProvider time)
{
    private readonly Lazy<RecognitionEngine> _withOptional =
        new(() => new RecognitionEngine([.. RecognizerCatalogue.All(), .. RecognizerCatalogue.Optional()]));

    /// <summary>The policy that is built in. Its version grows when what it does changes on purpose.</summary>
    public static Proto.RedactionPolicy BuiltIn { get; } = new()
    {
        Name = PolicyName.Default.ToString(),
        Version = 1,
        Etag = "1",
        CreateTime = new Timestamp(),
        UpdateTime = new Timestamp(),
        DefaultAction = Proto.RedactionAction.Pseudonym,
    };

    public CompiledPolicy Default { get; } = new(BuiltIn, engine, time);

    public CompiledPolicy Compile(Proto.RedactionPolicy policy)
    {
        var compiled = new CompiledPolicy(policy, engine, time);
        return KnownTypes.Optional.Any(compiled.IsOn) ? new CompiledPolicy(policy, _withOptional.Value, time) : compiled;
    }
}
