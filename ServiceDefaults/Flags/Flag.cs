using System.Globalization;
using FaultMaven.Protos.Names;
using Proto = FaultMaven.Protos.Operations.V1;

namespace FaultMaven.ServiceDefaults.Flags;

/// <summary>Something that an operator can switch while the service runs, for all tenants; see <see cref="FlagValues"/>.</summary>
/// <param name="Id">The last part of its name: the name of its service, a hyphen, and what it switches.</param>
/// <param name="Default">Its value unless one is set, as text.</param>
/// <param name="Description">What it switches, a sentence or two for operators.</param>
public abstract record Flag(string Id, string Default, string Description)
{
    /// <summary>Its name.</summary>
    public FlagName Name => new(Id);

    /// <summary>What is wrong with a value, continuing "<c>value</c> …"; null if it is one of the flag's.</summary>
    public abstract string? Problem(string value);

    /// <summary>It as the contract has it, without a value.</summary>
    internal abstract Proto.Flag Describe();
}

/// <summary>A flag with values of a type.</summary>
/// <inheritdoc cref="Flag(string, string, string)"/>
public abstract record Flag<T>(string Id, string Default, string Description) : Flag(Id, Default, Description)
{
    /// <summary>The value that a text stands for, which has no <see cref="Flag.Problem"/>.</summary>
    public abstract T Parse(string value);
}

/// <summary>A flag that is on or off.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsOn">Its value unless one is set.</param>
/// <param name="Description">What it switches.</param>
public sealed record BoolFlag(string Id, bool IsOn, string Description) : Flag<bool>(Id, IsOn ? True : False, Description)
{
    private const string True = "true";
    private const string False = "false";

    /// <inheritdoc/>
    public override string? Problem(string value) => value is True or False ? null : "must be true or false";

    /// <inheritdoc/>
    public override bool Parse(string value) => value == True;

    internal override Proto.Flag Describe() => new() { Type = Proto.Flag.Types.Type.Bool };
}

/// <summary>A flag with a whole number.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Value">Its value unless one is set.</param>
/// <param name="Minimum">The least value.</param>
/// <param name="Maximum">The greatest value.</param>
/// <param name="Description">What it switches.</param>
public sealed record IntegerFlag(string Id, int Value, int Minimum, int Maximum, string Description)
    : Flag<int>(Id, Value.ToString(CultureInfo.InvariantCulture), Description)
{
    /// <inheritdoc/>
    public override string? Problem(string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= Minimum && number <= Maximum
            ? null
            : $"must be a whole number from {Minimum} to {Maximum}";

    /// <inheritdoc/>
    public override int Parse(string value) => int.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    internal override Proto.Flag Describe() =>
        new() { Type = Proto.Flag.Types.Type.Integer, Minimum = Minimum, Maximum = Maximum };
}

/// <summary>A flag with one of a few values, written with hyphens: <c>NativeOnly</c> is <c>native-only</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Value">Its value unless one is set.</param>
/// <param name="Description">What it switches.</param>
public sealed record ChoiceFlag<T>(string Id, T Value, string Description) : Flag<T>(Id, TextOf(Value), Description)
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> s_choices = Enum.GetValues<T>().ToDictionary(TextOf);

    /// <inheritdoc/>
    public override string? Problem(string value) =>
        s_choices.ContainsKey(value) ? null : $"must be one of {string.Join(", ", s_choices.Keys)}";

    /// <inheritdoc/>
    public override T Parse(string value) => s_choices[value];

    internal override Proto.Flag Describe() => new() { Type = Proto.Flag.Types.Type.Choice, Choices = { s_choices.Keys } };

    private static string TextOf(T value) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
