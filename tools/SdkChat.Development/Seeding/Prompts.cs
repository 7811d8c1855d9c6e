using SdkChat.Development.Pipelines;

namespace SdkChat.Development.Seeding;

/// <summary>Generates prompts from an opening, a dish and a request; some are one line, some a paragraph.</summary>
internal static class Prompts
{
    private static readonly DemoText[] Questions =
    [
        new("{0} 재료 추천해 주세요.", "What do I need for {0}?", "{0}の材料を教えてください。"),
        new("오늘 저녁은 {0}. 뭐 사면 될까요?", "We are having {0} tonight. What should I buy?", "今夜は{0}です。何を買えばいいですか？"),
        new("{1}명이 먹을 {0} 장보기 목록 부탁해요", "Shopping list for {0} for {1} people, please", "{1}人分の{0}の買い物リストをお願いします"),
        new("{0} 처음 해 보는데 꼭 필요한 것만 알려 줘", "First time making {0}: only the essentials, please", "{0}を初めて作ります。必要なものだけ教えて"),
        new("냉장고에 {2} 있는데 {0} 만들 수 있을까?", "I have {2} in the fridge. Is that enough for {0}?", "冷蔵庫に{2}があります。{0}は作れますか？"),
        new("{2} 어디 있어요?", "Where do I find {2}?", "{2}はどこですか？"),
        new("주말에 손님 {1}명 와요. {0} 어때요?", "{1} guests at the weekend. Would {0} do?", "週末にお客さんが{1}人来ます。{0}はどうですか？"),
    ];

    private static readonly DemoText[] Wishes =
    [
        new("3만 원 안에서요.", "Under 25 dollars.", "予算は3000円です。"),
        new("아이가 먹을 거라 안 매우면 좋겠어요.", "Not too spicy, it is for the kids.", "子どもも食べるので辛くないものがいいです。"),
        new("20분 안에 끝나는 걸로요!", "It has to be done in 20 minutes!", "20分でできるものがいいです！"),
        new("견과류 알레르기가 있어요.", "No nuts: allergy.", "ナッツアレルギーがあります。"),
        new("할인하는 걸로 알려 주세요 😊", "Anything on sale is fine 😊", "セール品があればうれしいです😊"),
        new("남은 건 내일 도시락으로 쓸 거예요.", "Leftovers are tomorrow's lunch.", "残りは明日のお弁当に使います。"),
    ];

    public static string Create(SplitMix random, DemoLanguage language)
    {
        var dish = random.Pick(DemoCatalogue.Dishes);
        var question = Fill(random.Pick(Questions).In(language), dish, random, language);
        for (var wishes = random.Below(3); wishes > 0; wishes--)
            question = $"{question} {random.Pick(Wishes).In(language)}";
        return question;
    }

    private static string Fill(string question, DemoDish dish, SplitMix random, DemoLanguage language) => question
        .Replace("{0}", dish.Name.In(language), StringComparison.Ordinal)
        .Replace("{1}", (2 + random.Below(7)).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{2}", random.Pick(dish.Products).Ingredient.In(language), StringComparison.Ordinal);
}
