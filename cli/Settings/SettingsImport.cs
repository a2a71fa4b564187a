namespace FaultMaven.Cli.Settings;

/// <summary>Takes the variables of the former FaultMaven over.</summary>
/// <param name="variables">What its file has.</param>
internal sealed class SettingsImport(IReadOnlyDictionary<string, string> variables)
{
    private readonly List<ImportedSetting> _settings = [];
    private readonly List<string> _left = [];
    private readonly HashSet<string> _handled = [];

    /// <summary>Our settings.</summary>
    public IReadOnlyList<ImportedSetting> Settings => _settings;

    /// <summary>What was not taken over, a sentence for each variable.</summary>
    public IReadOnlyList<string> Left => _left;

    /// <summary>Takes over what can be.</summary>
    public static SettingsImport Of(IReadOnlyDictionary<string, string> variables)
    {
        var import = new SettingsImport(variables);
        FormerModel.Take(import);
        FormerStores.Take(import);
        FormerGuards.Take(import);
        foreach (var (name, value) in variables.Where(variable => variable.Value.Length > 0))
        {
            if (!import._handled.Contains(name))
            {
                import.Take(name, value);
            }
        }

        return import;
    }

    /// <summary>The value of a variable that is dealt with here; empty if it is not set.</summary>
    public string Text(string name)
    {
        _handled.Add(name);
        return variables.GetValueOrDefault(name, "");
    }

    /// <summary>The value of the first of several names for the same thing that is set, and that name; of others it says so.</summary>
    public (string Name, string Value) First(params IReadOnlyList<string> names)
    {
        var set = names.Select(name => (Name: name, Value: Text(name))).Where(variable => variable.Value.Length > 0).ToList();
        foreach (var (name, _) in set.Skip(1))
        {
            Leave(name, $"{set[0].Name} says the same, and is used");
        }

        return set.Count > 0 ? set[0] : (names[0], "");
    }

    /// <summary>Sets one of ours.</summary>
    public void Add(string key, string value, bool isSecret = false) => _settings.Add(new ImportedSetting(key, value, isSecret));

    /// <summary>Says why a variable is not taken over.</summary>
    public void Leave(string name, string reason) => _left.Add($"{name}: {reason}.");

    private void Take(string name, string value)
    {
        if (FormerVariables.Find(name) is not { } variable)
        {
            _left.Add($"{name} is not known.");
        }
        else if (variable is { Key: { } key } && variable.Value(value) is { } ours)
        {
            Add(key, ours, variable.IsSecret);
        }
        else
        {
            Leave(name, variable.Reason);
        }
    }
}

/// <summary>A setting of ours that was taken over.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsSecret">Whether the value is to be hidden.</param>
internal sealed record ImportedSetting(string Key, string Value, bool IsSecret);
