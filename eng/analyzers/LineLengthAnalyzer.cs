using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FaultMaven.Analyzers;

/// <summary>
/// Reports lines of C# that are longer than <c>max_line_length</c> of .editorconfig. The compiler and <c>dotnet format</c> do not check it.
/// Generated code is left out.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LineLengthAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "FM0001", "The line is too long", "The line has {0} characters, {1} is the most", "Style", DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxTreeAction(Check);
    }

    private static void Check(SyntaxTreeAnalysisContext context)
    {
        if (!context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Tree).TryGetValue("max_line_length", out var set)
            || !int.TryParse(set, NumberStyles.None, CultureInfo.InvariantCulture, out var most))
        {
            return;
        }

        foreach (var line in context.Tree.GetText(context.CancellationToken).Lines)
        {
            var length = line.End - line.Start;

            if (length > most)
            {
                var tooMuch = TextSpan.FromBounds(line.Start + most, line.End);
                context.ReportDiagnostic(Diagnostic.Create(s_rule, Location.Create(context.Tree, tooMuch), length, most));
            }
        }
    }
}
