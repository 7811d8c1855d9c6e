namespace SdkChat.Development.Pipelines;

/// <summary>A part of the demo's store.</summary>
/// <param name="X">Its middle on the floor plan, from 0 (left) to 1 (right).</param>
/// <param name="Y">Its middle on the floor plan, from 0 (top) to 1 (bottom).</param>
internal sealed record DemoSection(DemoText Name, double X, double Y)
{
    public static readonly DemoSection Produce = new(new("채소·과일", "Fruit & vegetables", "青果"), 0.15, 0.20);
    public static readonly DemoSection Seafood = new(new("수산", "Seafood", "鮮魚"), 0.55, 0.10);
    public static readonly DemoSection Meat = new(new("정육", "Meat", "精肉"), 0.82, 0.14);
    public static readonly DemoSection Chilled = new(new("두부·김치", "Tofu & kimchi", "豆腐・漬物"), 0.68, 0.40);
    public static readonly DemoSection Dairy = new(new("유제품·계란", "Dairy & eggs", "乳製品・卵"), 0.90, 0.46);
    public static readonly DemoSection Staples = new(new("쌀·면", "Rice & noodles", "米・麺"), 0.40, 0.56);
    public static readonly DemoSection Seasoning = new(new("양념·소스", "Sauces & spices", "調味料"), 0.28, 0.66);
    public static readonly DemoSection Bakery = new(new("베이커리", "Bakery", "ベーカリー"), 0.08, 0.54);
    public static readonly DemoSection Frozen = new(new("냉동식품", "Frozen food", "冷凍食品"), 0.88, 0.80);
    public static readonly DemoSection Drinks = new(new("과자·음료", "Snacks & drinks", "菓子・飲料"), 0.22, 0.88);
}
