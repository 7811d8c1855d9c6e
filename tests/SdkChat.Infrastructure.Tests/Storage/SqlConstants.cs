using System.Reflection;
using System.Text.RegularExpressions;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>The statements of the house that are constants.</summary>
internal static partial class SqlConstants
{
    public static IEnumerable<(string Name, string Sql)> Statements =>
        from type in typeof(DependencyInjection).Assembly.GetTypes()
        where type.Name.EndsWith("Sql", StringComparison.Ordinal)
        from constant in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where constant.FieldType == typeof(string) && (constant.IsPublic || constant.IsAssembly)
        let sql = (string)constant.GetValue(null)!
        where Command().IsMatch(sql)
        select ($"{type.Name}.{constant.Name}", sql);

    [GeneratedRegex(@"^\s*(with|select|insert|update|delete)\b")]
    private static partial Regex Command();
}
