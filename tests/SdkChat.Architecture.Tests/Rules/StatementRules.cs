using System.Reflection;
using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.Rules;

/// <summary>Every statement on tenant data names its tenant (contract, section 7).</summary>
internal static partial class StatementRules
{
    /// <summary>All statements of an assembly's Sql classes: constants, and what their tables of statements hold.</summary>
    public static IEnumerable<(string Name, string Sql)> Statements(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type.Name.EndsWith("Sql", StringComparison.Ordinal)
        from statement in Constants(type).Concat(Tables(type))
        select ($"{type.Name}.{statement.Name}", statement.Sql);

    public static IEnumerable<string> WithoutTenant(IEnumerable<(string Name, string Sql)> statements) =>
        from statement in statements
        where TenantTable().IsMatch(statement.Sql) && !TenantNamed().IsMatch(statement.Sql)
        select statement.Name;

    private static IEnumerable<(string Name, string Sql)> Constants(Type type) =>
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where field.FieldType == typeof(string) && (field.IsPublic || field.IsAssembly)
        select (field.Name, (string)field.GetValue(null)!);

    private static IEnumerable<(string Name, string Sql)> Tables(Type type) =>
        from property in type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        let table = property.GetValue(null) as System.Collections.IDictionary
        where table is not null
        from entry in table.Keys.Cast<object>().Select(key => (Key: key, Value: table[key]))
        select ($"{property.Name}[{entry.Key}]", (string)entry.Value!);

    [GeneratedRegex(
        @"\b(from|join|into|update|truncate)\s+(sdk_chat|sdk_profile|profile_session|pipeline_run|chat_event\w*|idempotency\w*)\b")]
    private static partial Regex TenantTable();

    [GeneratedRegex(
        @"tenant_id\s*(=|is\s+not\s+distinct\s+from)\s*(@tenant\b|chat_list_key\(@tenant\))"
        + @"|insert\s+into\s+\w+\s*\([^)]*\btenant_id\b")]
    private static partial Regex TenantNamed();
}
