using SdkChat.Development.Pipelines;

namespace SdkChat.Development.Seeding;

/// <summary>Common names, family name first if that is the custom.</summary>
internal static class ShopperNames
{
    private static readonly string[] KoreanFamilies = ["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권"];
    private static readonly string[] KoreanWomen = ["서연", "지우", "민서", "하은", "수빈", "지민", "예은", "은지", "유진", "혜원", "미영", "정숙"];
    private static readonly string[] KoreanMen = ["민준", "서준", "도윤", "지호", "현우", "준영", "성민", "동현", "재훈", "태윤", "영수", "상철"];

    private static readonly string[] JapaneseFamilies = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田"];
    private static readonly string[] JapaneseWomen = ["花子", "陽菜", "結衣", "美咲", "葵", "さくら", "愛", "恵子", "由美", "直美"];
    private static readonly string[] JapaneseMen = ["太郎", "翔太", "大輔", "健太", "蓮", "悠真", "誠", "浩", "拓也", "直樹"];

    private static readonly string[] EnglishFamilies =
        ["Smith", "Johnson", "Garcia", "Brown", "O'Neil", "Miller", "Davis", "Nguyen", "Wilson", "Taylor", "Clark", "Walker"];
    private static readonly string[] EnglishWomen =
        ["Emma", "Olivia", "Sophia", "Grace", "Hannah", "Zoë", "Claire", "Maria", "Linda", "Susan"];
    private static readonly string[] EnglishMen =
        ["Liam", "Noah", "James", "Daniel", "Lucas", "José", "Peter", "Michael", "David", "Robert"];

    public static string Pick(SplitMix random, DemoLanguage language, bool isWoman) => language switch
    {
        DemoLanguage.Korean => random.Pick(KoreanFamilies) + random.Pick(isWoman ? KoreanWomen : KoreanMen),
        DemoLanguage.Japanese => $"{random.Pick(JapaneseFamilies)} {random.Pick(isWoman ? JapaneseWomen : JapaneseMen)}",
        _ => $"{random.Pick(isWoman ? EnglishWomen : EnglishMen)} {random.Pick(EnglishFamilies)}",
    };
}
