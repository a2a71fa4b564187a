using System.Collections;
using System.Reflection;
using Xunit.v3;

namespace FaultMaven.Mutation;

/// <summary>One case of a test of this assembly.</summary>
internal sealed record TestCase(MethodInfo Method, object?[] Arguments)
{
    /// <summary>All of them, in the same order every time.</summary>
    public static IReadOnlyList<TestCase> All() =>
    [
        .. from type in typeof(TestCase).Assembly.GetTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
           from method in type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute)))
           from arguments in ArgumentsOf(method)
           select new TestCase(method, arguments),
    ];

    /// <summary>Whether it passes.</summary>
    public bool Passes()
    {
        try
        {
            if (Method.Invoke(Method.IsStatic ? null : Activator.CreateInstance(Method.DeclaringType!), Arguments) is Task task)
            {
                task.GetAwaiter().GetResult();
            }

            return true;
        }
        catch (Exception)
        {
            // Whatever a mutant throws, a test has noticed it.
            return false;
        }
    }

    private static IEnumerable<object?[]> ArgumentsOf(MethodInfo method)
    {
        var inline = method.GetCustomAttributes<InlineDataAttribute>().Select(data => data.Data).ToArray();
        var member = method.GetCustomAttributes<MemberDataAttribute>()
            .SelectMany(data => Rows(method.DeclaringType!, data.MemberName)).ToArray();
        return inline.Length + member.Length == 0 ? [[]] : inline.Concat(member);
    }

    private static IEnumerable<object?[]> Rows(Type type, string member)
    {
        var rows = type.GetProperty(member)?.GetValue(null) ?? type.GetMethod(member)!.Invoke(null, null);
        return ((IEnumerable)rows!).Cast<ITheoryDataRow>().Select(row => row.GetData());
    }
}
