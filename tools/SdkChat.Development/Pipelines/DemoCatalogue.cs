using static SdkChat.Development.Pipelines.DemoSection;

namespace SdkChat.Development.Pipelines;

/// <summary>The demo's grocery store: its products, and dishes that use them.</summary>
internal static class DemoCatalogue
{
    private static readonly DemoProduct SpringOnion = new(
        "p-1001", Produce, new("대파", "Spring onions", "長ねぎ"), new("흙대파 1단", "Spring onions, 1 bunch", "長ねぎ 1束"), 2980, 1.49m, 198,
        new("국물 맛을 시원하게 잡아 줘요.", "Gives the broth a clean, fresh taste.", "だしの味をすっきり仕上げます。"));

    private static readonly DemoProduct Onion = new(
        "p-1002", Produce, new("양파", "Onions", "玉ねぎ"), new("양파 1.5kg", "Yellow onions, 3 lb bag", "玉ねぎ 3個入り"), 3980, 2.99m, 238,
        new("볶을수록 단맛이 살아나요.", "Turns sweeter the longer it cooks.", "炒めるほど甘みが出ます。"));

    private static readonly DemoProduct Garlic = new(
        "p-1003", Produce, new("마늘", "Garlic", "にんにく"), new("깐마늘 200g", "Peeled garlic, 6 oz", "むきにんにく 150g"), 3490, 2.49m, 298,
        new("손질되어 있어 바로 쓸 수 있어요.", "Peeled already, so it goes straight into the pan.", "むいてあるのですぐに使えます。"));

    private static readonly DemoProduct Potato = new(
        "p-1004", Produce, new("감자", "Potatoes", "じゃがいも"), new("햇감자 1kg", "Gold potatoes, 2 lb", "新じゃがいも 600g"), 4280, 3.29m, 258,
        new("지금이 제철이라 포슬포슬해요.", "In season now, and pleasantly floury.", "旬でほくほくです。"));

    private static readonly DemoProduct Carrot = new(
        "p-1005", Produce, new("당근", "Carrots", "にんじん"), new("세척당근 500g", "Washed carrots, 1 lb", "洗いにんじん 3本"), 2480, 1.79m, 178,
        new("색감과 단맛을 더해 줘요.", "Adds colour and a little sweetness.", "彩りと甘みを添えます。"));

    private static readonly DemoProduct Tomato = new(
        "p-1006", Produce, new("토마토", "Tomatoes", "トマト"), new("완숙토마토 800g", "Vine tomatoes, 1.5 lb", "完熟トマト 4個入り"), 6980, 3.99m, 398,
        new("잘 익어서 소스가 진해져요.", "Ripe enough to make a deep sauce.", "よく熟れて濃いソースになります。"));

    private static readonly DemoProduct Salad = new(
        "p-1007", Produce, new("샐러드 채소", "Salad leaves", "サラダ野菜"), new("유기농 어린잎 100g", "Organic baby greens, 5 oz", "有機ベビーリーフ 80g"), 3280,
        3.49m, 258, new("씻어 나와 바로 드실 수 있어요.", "Washed and ready to eat.", "洗わずそのまま食べられます。"));

    private static readonly DemoProduct Mushroom = new(
        "p-1008", Produce, new("버섯", "Mushrooms", "しいたけ"), new("생표고버섯 150g", "Shiitake mushrooms, 5 oz", "生しいたけ 6枚"), 3980, 3.99m, 278,
        new("감칠맛이 깊어져요.", "Brings plenty of umami.", "うま味が深まります。"));

    private static readonly DemoProduct Beef = new(
        "p-2001", Meat, new("소고기", "Beef", "牛肉"), new("소불고기감 300g", "Thin-sliced beef ribeye, 12 oz", "牛薄切り肉 250g"), 15900, 11.99m, 880,
        new("얇게 썰어 양념이 빨리 배요.", "Sliced thin, so it takes the marinade quickly.", "薄切りで味がすぐしみます。"));

    private static readonly DemoProduct Pork = new(
        "p-2002", Meat, new("돼지고기", "Pork belly", "豚ばら肉"), new("삼겹살 500g", "Pork belly slices, 1 lb", "豚ばら薄切り 300g"), 13900, 8.49m, 598,
        new("고소한 지방이 국물과 잘 어울려요.", "Its rich fat suits a stew.", "脂の甘みが煮込みに合います。"));

    private static readonly DemoProduct Chicken = new(
        "p-2003", Meat, new("닭고기", "Chicken", "鶏肉"), new("닭다리살 500g", "Boneless chicken thighs, 1 lb", "鶏もも肉 300g"), 8900, 5.99m, 428,
        new("오래 끓여도 부드러워요.", "Stays tender, however long it simmers.", "煮込んでもやわらかいままです。"));

    private static readonly DemoProduct Salmon = new(
        "p-2101", Seafood, new("연어", "Salmon", "鮭"), new("생연어 필렛 250g", "Atlantic salmon fillet, 8 oz", "生鮭 2切れ"), 12900, 9.99m, 598,
        new("오늘 아침에 들어온 상품이에요.", "Arrived this morning.", "今朝入荷したばかりです。"));

    private static readonly DemoProduct Clams = new(
        "p-2102", Seafood, new("바지락", "Clams", "あさり"), new("해감 바지락 400g", "Littleneck clams, 1 lb", "砂抜きあさり 250g"), 5980, 6.99m, 398,
        new("해감이 되어 있어 손이 덜 가요.", "Purged already, so there is no grit to wash out.", "砂抜き済みで手間いらずです。"));

    private static readonly DemoProduct Tofu = new(
        "p-3001", Chilled, new("두부", "Tofu", "豆腐"), new("국산콩 두부 300g", "Firm tofu, 14 oz", "木綿豆腐 300g"), 2480, 2.29m, 98,
        new("단백질이 풍부하고 국물에 잘 어울려요.", "Full of protein, and at home in a stew.", "たんぱく質が豊富で煮物に合います。"));

    private static readonly DemoProduct Kimchi = new(
        "p-3002", Chilled, new("김치", "Kimchi", "キムチ"), new("숙성 포기김치 500g", "Aged napa kimchi, 16 oz", "熟成白菜キムチ 300g"), 7900, 6.49m, 398,
        new("잘 익어서 찌개에 딱 좋아요.", "Ripe enough for a proper stew.", "よく熟成していて鍋にぴったりです。"));

    private static readonly DemoProduct Egg = new(
        "p-3101", Dairy, new("계란", "Eggs", "卵"), new("동물복지 유정란 10구", "Free-range eggs, dozen", "平飼い卵 10個"), 5480, 4.29m, 298,
        new("어디에나 잘 어울리는 기본 재료예요.", "Goes with almost anything.", "何にでも合う定番です。"));

    private static readonly DemoProduct Milk = new(
        "p-3102", Dairy, new("우유", "Milk", "牛乳"), new("1등급 우유 1L", "Whole milk, half gallon", "特選牛乳 1L"), 2980, 2.79m, 238,
        new("내일까지 쓰기에 넉넉해요.", "Enough for tomorrow's breakfast as well.", "明日の朝の分まで足ります。"));

    private static readonly DemoProduct Cheese = new(
        "p-3103", Dairy, new("치즈", "Cheese", "チーズ"), new("파르메산 치즈 100g", "Parmesan wedge, 5 oz", "パルメザンチーズ 80g"), 6900, 5.99m, 498,
        new("마지막에 갈아 올리면 풍미가 살아요.", "Grate it on last for more flavour.", "仕上げに削ると風味が増します。"));

    private static readonly DemoProduct Rice = new(
        "p-4001", Staples, new("쌀", "Rice", "米"), new("햅쌀 4kg", "Short-grain rice, 5 lb", "新米 2kg"), 15900, 8.99m, 1580,
        new("갓 도정해서 밥맛이 좋아요.", "Freshly milled, and it shows in the bowl.", "精米したてでおいしいです。"));

    private static readonly DemoProduct Noodles = new(
        "p-4002", Staples, new("국수", "Noodles", "うどん"), new("우동면 3인분", "Udon noodles, 3 servings", "讃岐うどん 3食"), 3980, 4.49m, 258,
        new("2분이면 익어요.", "Cooks in two minutes.", "2分でゆで上がります。"));

    private static readonly DemoProduct Pasta = new(
        "p-4003", Staples, new("파스타", "Pasta", "パスタ"), new("스파게티 500g", "Spaghetti, 1 lb", "スパゲッティ 500g"), 2980, 1.99m, 248,
        new("소스가 잘 붙는 굵기예요.", "Thick enough to hold the sauce.", "ソースがよく絡む太さです。"));

    private static readonly DemoProduct SoySauce = new(
        "p-5001", Seasoning, new("간장", "Soy sauce", "しょうゆ"), new("양조간장 500ml", "Brewed soy sauce, 17 oz", "本醸造しょうゆ 500ml"), 5480, 4.99m,
        298, new("자연 숙성해서 짠맛이 부드러워요.", "Slow-brewed, so the salt is gentle.", "自然熟成でまろやかです。"));

    private static readonly DemoProduct ChilliPaste = new(
        "p-5002", Seasoning, new("고추장", "Chilli paste", "コチュジャン"), new("우리쌀 고추장 500g", "Gochujang, 17 oz", "コチュジャン 130g"), 8900, 6.49m, 328,
        new("매콤하면서 끝맛이 달아요.", "Hot first, sweet afterwards.", "辛さの後に甘みがあります。"));

    private static readonly DemoProduct CurryRoux = new(
        "p-5003", Seasoning, new("카레", "Curry roux", "カレールウ"), new("고형카레 240g", "Curry roux, medium, 8 oz", "カレールウ 中辛 8皿分"), 3980, 4.29m,
        278, new("8인분까지 넉넉하게 만들 수 있어요.", "One box makes eight helpings.", "1箱で8皿分作れます。"));

    private static readonly DemoProduct OliveOil = new(
        "p-5004", Seasoning, new("올리브유", "Olive oil", "オリーブオイル"),
        new("엑스트라버진 올리브유 500ml", "Extra virgin olive oil, 17 oz", "エキストラバージンオリーブオイル 450g"), 13900, 10.99m, 1180,
        new("향이 좋아 그대로 뿌려도 좋아요.", "Good enough to pour over as it is.", "香りがよく、そのままでも使えます。"));

    private static readonly DemoProduct Bread = new(
        "p-6001", Bakery, new("빵", "Bread", "パン"), new("바게트 1개", "Baguette", "バゲット 1本"), 3500, 2.99m, 268,
        new("매장에서 오늘 구웠어요.", "Baked in the store today.", "店内で今日焼き上げました。"));

    private static readonly DemoProduct Dumplings = new(
        "p-7001", Frozen, new("만두", "Dumplings", "餃子"), new("왕교자 1kg", "Pork dumplings, 24 oz", "冷凍餃子 12個"), 9900, 7.99m, 298,
        new("한 끼가 모자랄 때 든든해요.", "A good stand-by for one more mouth.", "もう一品ほしい時に便利です。"));

    private static readonly DemoProduct SparklingWater = new(
        "p-8001", Drinks, new("탄산수", "Sparkling water", "炭酸水"), new("탄산수 500ml 6병", "Sparkling water, 6 bottles", "炭酸水 500ml 6本"), 5900,
        4.99m, 498, new("기름진 요리와 잘 어울려요.", "Goes well with anything rich.", "こってりした料理に合います。"));

    /// <summary>All products of the store.</summary>
    public static IReadOnlyList<DemoProduct> Products { get; } =
    [
        SpringOnion, Onion, Garlic, Potato, Carrot, Tomato, Salad, Mushroom, Beef, Pork, Chicken, Salmon, Clams, Tofu, Kimchi,
        Egg, Milk, Cheese, Rice, Noodles, Pasta, SoySauce, ChilliPaste, CurryRoux, OliveOil, Bread, Dumplings, SparklingWater,
    ];

    public static IReadOnlyList<DemoDish> Dishes { get; } =
    [
        new(new("김치찌개", "kimchi stew", "キムチチゲ"), [Kimchi, Pork, Tofu, SpringOnion, Garlic]),
        new(new("불고기", "bulgogi", "プルコギ"), [Beef, SoySauce, Onion, Mushroom, SpringOnion]),
        new(new("카레라이스", "Japanese curry", "カレーライス"), [CurryRoux, Chicken, Potato, Carrot, Onion, Rice]),
        new(new("토마토 파스타", "tomato pasta", "トマトパスタ"), [Pasta, Tomato, Garlic, OliveOil, Cheese]),
        new(new("봉골레 파스타", "spaghetti with clams", "ボンゴレパスタ"), [Pasta, Clams, Garlic, OliveOil, Bread]),
        new(new("연어 샐러드", "salmon salad", "サーモンサラダ"), [Salmon, Salad, Tomato, OliveOil, Bread]),
        new(new("닭볶음탕", "spicy braised chicken", "タッポックムタン"), [Chicken, ChilliPaste, Potato, Carrot, Onion, SpringOnion]),
        new(new("우동", "udon soup", "肉うどん"), [Noodles, Beef, SpringOnion, SoySauce, Egg]),
        new(new("오므라이스", "omelette rice", "オムライス"), [Egg, Rice, Chicken, Onion, Milk]),
        new(new("만둣국", "dumpling soup", "餃子スープ"), [Dumplings, Egg, SpringOnion, Tofu, Garlic]),
    ];
}
