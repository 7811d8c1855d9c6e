using SdkChat.Development.DemoPlayer;

namespace SdkChat.Development.Tests.DemoPlayer;

public sealed class DemoProfileTests
{
    [TestCase("Dinner ideas?", "en")]
    [TestCase("저녁 메뉴 추천해줘", "ko")]
    [TestCase("夕食のおすすめは？", "ja")]
    [TestCase("牛肉", "ja")]
    [TestCase("", "en")]
    public void Shopper_SpeaksTheLanguageOfTheQuestion(string prompt, string locale) => DemoProfile.For(prompt).Locale.Should().Be(locale);
}
