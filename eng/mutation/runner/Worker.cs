using System.Runtime.CompilerServices;

namespace FaultMaven.Mutation;

/// <summary>The process that tests run in. It reads commands as lines on its standard input, and answers in lines.</summary>
internal static class Worker
{
    /// <summary>
    /// Prints which mutants each test meets, the first line being those that are met before any test: they run once in a process.
    /// </summary>
    public static int Cover()
    {
        Mutants.Capture();
        WarmUp();
        Print(Mutants.Met());
        foreach (var test in TestCase.All())
        {
            if (!test.Passes())
            {
                Console.Error.WriteLine($"{test.Method.DeclaringType!.Name}.{test.Method.Name}({string.Join(", ", test.Arguments)}) fails "
                    + "without any mutant.");
                return 1;
            }

            Print(Mutants.Met());
        }

        return 0;
    }

    /// <summary>For each line <c>mutant: test test …</c> answers with the number of the test that fails, or -1.</summary>
    public static int Work()
    {
        IReadOnlyList<TestCase>? tests = null;
        while (Console.ReadLine() is { } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Mutants.Activate(int.Parse(line.AsSpan(0, colon)));

            // Listing the tests starts the recognisers, so a mutant must be there before.
            tests ??= TestCase.All();
            var which = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
            Console.WriteLine(which.Append(-1).First(test => test < 0 || !tests[test].Passes()));
        }

        return 0;
    }

    // What starts once: the engine with all its tables, and those of classes that the first texts reach.
    private static void WarmUp()
    {
        foreach (var type in typeof(Redaction.Recognition.RecognitionEngine).Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        _ = TestCase.All();
        _ = Redaction.Tests.Redacted.Engine;
    }

    private static void Print(IEnumerable<int> ids) => Console.WriteLine(string.Join(' ', ids));
}
