using System.Reflection;
using System.Reflection.Emit;

namespace FaultMaven.Contracts.Tests;

/// <summary>Which types the compiled code of an assembly refers to: in signatures, attributes and the bodies of methods.</summary>
internal static class TypeReferences
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<int, OpCode> s_opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>The types that a type refers to, generic arguments and elements of arrays among them.</summary>
    public static IEnumerable<Type> Of(Type type) =>
        Mentioned(type).OfType<Type>().SelectMany(Parts).Where(part => !part.IsGenericParameter).Distinct();

    private static IEnumerable<Type?> Mentioned(Type type)
    {
        var members = type.GetFields(Declared).Select(field => (Type?)field.FieldType)
            .Concat(type.GetMethods(Declared).SelectMany(InMethod))
            .Concat(type.GetConstructors(Declared).SelectMany(InMethod));

        return [
            type.BaseType, .. type.GetInterfaces(), .. Attributes(type), .. type.GetGenericArguments().SelectMany(Constraints), .. members];
    }

    private static IEnumerable<Type?> InMethod(MethodBase method)
    {
        IEnumerable<Type?> generic = method.IsGenericMethodDefinition ? method.GetGenericArguments().SelectMany(Constraints) : [];
        IEnumerable<Type?> parameters = method.GetParameters().Select(parameter => parameter.ParameterType);
        var body = method.GetMethodBody();

        return
        [
            (method as MethodInfo)?.ReturnType,
            .. parameters,
            .. generic,
            .. Attributes(method),
            .. body is null ? [] : body.LocalVariables.Select(local => local.LocalType),
            .. body is null ? [] : body.ExceptionHandlingClauses.Where(clause => clause.Flags == 0).Select(clause => clause.CatchType),
            .. body is null ? [] : Tokens(body.GetILAsByteArray()!).SelectMany(token => InInstruction(method, token)),
        ];
    }

    private static IEnumerable<Type?> InInstruction(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.GetGenericArguments();
        var ofMethod = method.IsGenericMethodDefinition ? method.GetGenericArguments() : [];

        return method.Module.ResolveMember(token, ofType, ofMethod) switch
        {
            Type type => [type],
            MethodInfo { IsGenericMethod: true } called => [called.DeclaringType, called.ReturnType, .. called.GetGenericArguments()],
            MethodInfo called => [called.DeclaringType, called.ReturnType],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            var member => [member?.DeclaringType],
        };
    }

    /// <summary>The types, methods and fields that instructions name, as metadata tokens.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? s_opCodes[0xFE00 | il[at + 1]] : s_opCodes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(il, at);
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Attributes(MemberInfo member) =>
        member.GetCustomAttributesData().Select(attribute => attribute.AttributeType);

    private static IEnumerable<Type> Constraints(Type parameter) =>
        parameter.IsGenericParameter ? parameter.GetGenericParameterConstraints() : [];

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
        : [type];
}
