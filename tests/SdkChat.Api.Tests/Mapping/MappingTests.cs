using AutoMapper;
using SdkChat.Api.Tests.Mapping.Violations;

namespace SdkChat.Api.Tests.Mapping;

/// <summary>
/// The three advisories that Directory.Build.props suppresses need a mapped type that contains itself, or a member open enough
/// to hold anything (docs/decisions/0029-automapper-14.md). This test reads the maps that the service itself registers.
/// </summary>
public sealed class MappingTests
{
    private static readonly IConfigurationProvider Configuration = ServiceMaps.Create().ConfigurationProvider;

    private static IEnumerable<TestCaseData> MappedTypes =>
        from map in ServiceMaps.TypeMaps(Configuration)
        from side in new[] { (Name: "source", Type: map.SourceType), (Name: "destination", Type: map.DestinationType) }
        select new TestCaseData(side.Type).SetArgDisplayNames($"{map.SourceType.Name} to {map.DestinationType.Name}, {side.Name}");

    [Test]
    public void Configuration_EveryMember_IsMapped() => Configuration.AssertConfigurationIsValid();

    [TestCaseSource(nameof(MappedTypes))]
    public void Map_EitherSide_IsFlatAndClosed(Type mapped) => OpenMembers.Find(mapped).Should().BeEmpty();

    [TestCase(typeof(ContainsItself))]
    [TestCase(typeof(ContainsItselfInList))]
    [TestCase(typeof(ContainsItselfFarther))]
    [TestCase(typeof(ContainsBaseOfItself))]
    [TestCase(typeof(ContainsItselfInField))]
    [TestCase(typeof(ContainsAnything))]
    [TestCase(typeof(ContainsInterface))]
    [TestCase(typeof(ContainsDictionary))]
    [TestCase(typeof(ContainsReadOnlyDictionary))]
    [TestCase(typeof(ContainsDictionaryFarther))]
    [TestCase(typeof(ContainsJsonTree))]
    public void OpenMembers_DeliberateViolation_IsFound(Type mapped) => OpenMembers.Find(mapped).Should().NotBeEmpty();

    [Test]
    public void Maps_OfTheService_AreAllRead() =>
        ServiceMaps.TypeMaps(Configuration).Should().HaveCountGreaterThanOrEqualTo(7, "an empty list would prove nothing");
}
