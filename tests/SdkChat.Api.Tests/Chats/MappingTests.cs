using System.Collections;
using System.Reflection;
using AutoMapper;

namespace SdkChat.Api.Tests.Chats;

public sealed class MappingTests
{
    private static readonly MapperConfiguration Configuration = SdkChat.Api.Mapping.Maps.Configure();

    private static IEnumerable<TestCaseData> Maps =>
        from map in Configuration.GetAllTypeMaps()
        select new TestCaseData(map.SourceType, map.DestinationType).SetArgDisplayNames(map.SourceType.Name, map.DestinationType.Name);

    [Test]
    public void Configuration_EveryMember_IsMapped() => Configuration.AssertConfigurationIsValid();

    /// <summary>
    /// The advisories on this version of AutoMapper (see Directory.Build.props) need a destination that contains itself, or
    /// a member open enough to hold anything.
    /// </summary>
    [TestCaseSource(nameof(Maps))]
    public void Map_Destination_IsFlatAndClosed(Type source, Type destination) => OpenMembers(destination).Should().BeEmpty();

    [TestCase(typeof(ContainsItself))]
    [TestCase(typeof(ContainsItselfFarther))]
    [TestCase(typeof(ContainsAnything))]
    [TestCase(typeof(ContainsDictionary))]
    public void OpenMembers_DeliberateViolation_IsFound(Type destination) => OpenMembers(destination).Should().NotBeEmpty();

    [Test]
    public void Maps_OfTheAssembly_AreAllKnown() => Maps.Should().HaveCountGreaterThan(3);

    private static IEnumerable<string> OpenMembers(Type type, params Type[] above)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var member = ElementOf(property.PropertyType);
            if (member == type || above.Contains(member) || IsOpen(member))
                yield return $"{type.Name}.{property.Name}";
            else if (member.Assembly == type.Assembly && !member.IsEnum)
            {
                foreach (var open in OpenMembers(member, [.. above, type]))
                    yield return open;
            }
        }
    }

    private static Type ElementOf(Type type) =>
        Nullable.GetUnderlyingType(type) ?? (type.IsArray ? type.GetElementType()! : type);

    private static bool IsOpen(Type type) =>
        type == typeof(object) || type.IsInterface || typeof(IDictionary).IsAssignableFrom(type);

    private sealed class ContainsItself
    {
        public ContainsItself? Inner { get; init; }
    }

    private sealed class ContainsItselfFarther
    {
        public ContainsItBack? Inner { get; init; }
    }

    private sealed class ContainsItBack
    {
        public ContainsItselfFarther[] Back { get; init; } = [];
    }

    private sealed class ContainsAnything
    {
        public object? Inner { get; init; }
    }

    private sealed class ContainsDictionary
    {
        public Dictionary<string, string> Inner { get; init; } = [];
    }
}
