using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SdkChat.Architecture.Tests.Rules;

/// <summary>Which namespaces of an assembly depend on each other. A namespace below another is a namespace of its own.</summary>
internal static class NamespaceRules
{
    /// <summary>
    /// Code that ASP.NET Core's generator writes for all endpoints in one type, which therefore uses every namespace with endpoints.
    /// </summary>
    private const string Generated = "Microsoft.AspNetCore.Http.Generated";

    /// <summary>Each group of namespaces that depend on each other, with the types that make them do so.</summary>
    public static IEnumerable<string> Cycles(System.Reflection.Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        var uses = module.Types.SelectMany(type => Uses(type).Select(used => (From: type, To: used)))
            .Where(use => use.From.Namespace.Length > 0 && use.To.Namespace.Length > 0 && use.From.Namespace != use.To.Namespace)
            .Where(use => use.From.Namespace != Generated && use.To.Namespace != Generated).Distinct().ToArray();
        var next = uses.ToLookup(use => use.From.Namespace, use => use.To.Namespace);
        var reach = uses.Select(use => use.From.Namespace).Distinct().ToDictionary(name => name, name => Reachable(name, next));
        return uses.Where(use => reach.TryGetValue(use.To.Namespace, out var back) && back.Contains(use.From.Namespace))
            .GroupBy(use => (From: use.From.Namespace, To: use.To.Namespace))
            .Select(
                edge =>
                    $"{edge.Key.From} -> {edge.Key.To}: {string.Join(", ", edge.Select(use => $"{use.From.Name} uses {use.To.Name}"))}");
    }

    private static HashSet<string> Reachable(string start, ILookup<string, string> next)
    {
        var (seen, open) = (new HashSet<string>(), new Queue<string>([start]));
        while (open.TryDequeue(out var name))
        {
            foreach (var target in next[name].Where(seen.Add))
                open.Enqueue(target);
        }

        return seen;
    }

    /// <summary>Types of the same assembly that a type and the types within it name: in signatures, attributes and code.</summary>
    private static IEnumerable<TypeDefinition> Uses(TypeDefinition type) =>
        Nested(type).SelectMany(References).SelectMany(Parts).Select(Defined).OfType<TypeDefinition>()
            .Where(used => used.Module == type.Module).Select(Outermost);

    private static IEnumerable<TypeDefinition> Nested(TypeDefinition type) => type.NestedTypes.SelectMany(Nested).Prepend(type);

    private static IEnumerable<TypeReference?> References(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.CustomAttributes.Concat(type.Methods.SelectMany(method => method.CustomAttributes))
            .Concat(type.Properties.SelectMany(property => property.CustomAttributes))
            .SelectMany(
                attribute =>
                    attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference).Prepend(attribute.AttributeType)),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods.SelectMany(References),
    ];

    private static IEnumerable<TypeReference?> References(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(References) : [],
    ];

    private static IEnumerable<TypeReference?> References(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    /// <summary>A type and its type arguments; of an array or a pointer, its element.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static TypeDefinition? Defined(TypeReference type) => type as TypeDefinition;

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
