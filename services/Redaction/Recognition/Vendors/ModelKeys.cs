using static FaultMaven.Redaction.Recognition.Alphabets;
using static FaultMaven.Redaction.Recognition.Vendors.KeyForm;

namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>Model providers and the tools around them. Forms from the vendors' API documentation.</summary>
internal static class ModelKeys
{
    public static readonly KeyForm[] Forms =
    [
        AtLeast("ANTHROPIC_KEY", "sk-ant-", Base64Url, 24),
        AtLeast("OPENROUTER_KEY", "sk-or-v1-", LowerHex, 48),
        AtLeast("OPENAI_KEY", "sk-proj-", Base64Url, 20),
        AtLeast("OPENAI_KEY", "sk-svcacct-", Base64Url, 20),
        AtLeast("OPENAI_KEY", "sk-admin-", Base64Url, 20),
        AtLeast("LANGFUSE_KEY", "sk-lf-", HexDashed, 36),

        // OpenAI's first form, also used by DeepSeek, Moonshot and most compatible servers.
        new("OPENAI_KEY", "sk-", Alphanumeric, 20, 200, NeedsDigit: true),
        new("HUGGINGFACE_TOKEN", "hf_", Alphanumeric, 30, 60),
        new("HUGGINGFACE_TOKEN", "api_org_", Alphanumeric, 30, 60),
        new("GROQ_KEY", "gsk_", Alphanumeric, 40, 80),
        new("REPLICATE_TOKEN", "r8_", Alphanumeric, 30, 50),
        new("XAI_KEY", "xai-", Alphanumeric, 60, 120),
        new("PERPLEXITY_KEY", "pplx-", Alphanumeric, 40, 80),
        AtLeast("NVIDIA_KEY", "nvapi-", Base64Url, 50),
        AtLeast("TOGETHER_KEY", "tgp_v1_", Base64Url, 32),
        new("CEREBRAS_KEY", "csk-", Alphanumeric, 40, 80),
        AtLeast("LANGSMITH_KEY", "lsv2_", Word, 32),
        AtLeast("PINECONE_KEY", "pcsk_", Word, 40),
        new("JINA_KEY", "jina_", Base64Url, 40, 80),
        new("TAVILY_KEY", "tvly-", Base64Url, 28, 60, NeedsDigit: true),
        new("ANYSCALE_KEY", "esecret_", Alphanumeric, 20, 60),
        new("FIREWORKS_KEY", "fw_", Alphanumeric, 20, 40, NeedsDigit: true),
        Exactly("ELEVENLABS_KEY", "sk_", LowerHex, 48),
        AtLeast("WEIGHTS_AND_BIASES_KEY", "wandb_v1_", Base64Url, 40),
    ];
}
