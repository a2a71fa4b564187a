namespace FaultMaven.Cli.Settings;

/// <summary>Takes over which model is asked: there were settings for several providers, of which one was the first choice.</summary>
internal static class FormerModel
{
    private const string Default = "fireworks";
    private static readonly string[] s_addresses = ["API_BASE", "API_URL", "BASE_URL", "URL", "HOST"];

    // Where each speaks the API of OpenAI, and the model it had by default.
    private static readonly Dictionary<string, Provider> s_providers = new()
    {
        ["fireworks"] = new("FIREWORKS", "https://api.fireworks.ai/inference/v1", "accounts/fireworks/models/llama-v3p1-8b-instruct"),
        ["openai"] = new("OPENAI", "https://api.openai.com/v1", "gpt-4o"),
        ["openrouter"] = new("OPENROUTER", "https://openrouter.ai/api/v1", null),
        ["anthropic"] = new("ANTHROPIC", "https://api.anthropic.com/v1", "claude-3-sonnet-20240229"),
        ["cohere"] = new("COHERE", "https://api.cohere.ai/compatibility/v1", "command-r-plus"),
        ["gemini"] = new("GEMINI", "https://generativelanguage.googleapis.com/v1beta/openai", "gemini-1.5-pro") { SpokeOwn = true },
        ["huggingface"] = new("HUGGINGFACE", "https://router.huggingface.co/v1", "tiiuae/falcon-7b-instruct") { SpokeOwn = true },
        ["local"] = new("LOCAL_LLM", null, null),
        ["ollama"] = new("OLLAMA", null, null),
    };

    /// <summary>Takes it over.</summary>
    public static void Take(SettingsImport import)
    {
        var (choice, named) = import.First("CHAT_PROVIDER", "LLM_PROVIDER");
        var chosen = named.Length > 0 ? named.ToLowerInvariant() : Default;
        foreach (var (name, provider) in s_providers)
        {
            if (name == chosen)
            {
                TakeProvider(import, provider);
                continue;
            }

            foreach (var variable in provider.Variables.Where(variable => import.Text(variable).Length > 0))
            {
                import.Leave(variable, $"one model is used, and CHAT_PROVIDER is {chosen}{(named.Length > 0 ? "" : " by default")}");
            }
        }

        if (!s_providers.ContainsKey(chosen))
        {
            import.Leave(choice, $"{chosen} is not known; set Agent:Model to an API like OpenAI's");
        }
    }

    private static void TakeProvider(SettingsImport import, Provider provider)
    {
        var key = import.Text($"{provider.Prefix}_API_KEY");
        var (modelName, model) = import.First($"{provider.Prefix}_MODEL");
        var (addressName, address) = import.First([.. s_addresses.Select(part => $"{provider.Prefix}_{part}")]);
        if (key.Length == 0 && model.Length == 0 && address.Length == 0)
        {
            return;
        }

        if ((model.Length > 0 ? model : provider.Model) is not { } id
            || (address.Length > 0 ? address : provider.Address) is not { } endpoint)
        {
            import.Leave(provider.Prefix, $"a model needs {modelName} and, unless the provider has one, {addressName}");
            return;
        }

        if (provider.SpokeOwn && address.Length > 0)
        {
            import.Leave(addressName, $"it is of another API; {provider.Address} is where the provider has one like OpenAI's");
            endpoint = provider.Address!;
        }

        // The path of the API was not a part of the address.
        import.Add("Agent:Model:Endpoint", provider.Address is null && !endpoint.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal)
            ? $"{endpoint.TrimEnd('/')}/v1"
            : endpoint);
        import.Add("Agent:Model:Id", id);
        if (key.Length > 0)
        {
            import.Add("Agent:Model:ApiKey", key, isSecret: true);
        }
    }

    private sealed record Provider(string Prefix, string? Address, string? Model)
    {
        /// <summary>Whether it was called by an API of its own.</summary>
        public bool SpokeOwn { get; init; }

        public IEnumerable<string> Variables => s_addresses.Append("API_KEY").Append("MODEL").Select(part => $"{Prefix}_{part}");
    }
}
