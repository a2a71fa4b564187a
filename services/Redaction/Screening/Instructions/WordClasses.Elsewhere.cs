namespace FaultMaven.Redaction.Screening.Instructions;

internal static partial class WordClasses
{
    /// <summary>The words that matter most in German, French, Spanish, Portuguese, Italian, Russian, Chinese and Japanese.</summary>
    private static class Elsewhere
    {
        public static IReadOnlyList<string> Telling { get; } =
        [
            "anweisung", "oubli", "esque\u00e7", "esquec", "olvid", "dimentic", "scorda ", "vergiss", "vergess", "missacht", "pas compte",
            "sin filtros", "sin restric", "sin l\u00edmites", "senza filtri", "senza limiti", "sem limites", "sem filtros", "sem restri",
            "sans limite", "sans filtre", "ohne filter", "un'ia", "ルール", "忘掉", "en cuenta", "tenere conto", "cher ", "liebe ", "querid",
            "restricciones", "d\u00e9sormais", "ab jetzt", "ab sofort", "tes instructions", "tus instrucciones", "tue istruzioni",
            "seu prompt", "melde ", "vorgaben", "systemprompt", "consigne", "istruzioni", "instruccion", "instru\u00e7\u00f5es",
            "instrucoes", "einschr\u00e4nkung", "restricci", "restri\u00e7", "restrizion", "sprachmodell", "die ki", "l'ia", "l\u2019ia",
            "la ia", "une ia", "uma ia", "una ia", "asistente", "assistent", "r\u00e8gles", "regeln", "reglas ", "regras ", "regole ",
            "忽略", "忽视", "忽視", "无视", "無視", "忘记", "忘記", "忘掉", "不要", "提示词", "提示詞", "系统提示", "系統提示", "助手", "模型", "现在是", "現在是", "从现在", "從現在",
            "告诉我", "限制", "重复", "ai\u3078", "ai\u52a9", "致ai",
            "指示", "プロンプト", "制限", "モデル", "あなたは", "これを読", "アシスタント",
            "инструкц", "указани", "правил", "забудь", "игнорир", "промпт", "ограничени", "нейросет", "теперь ты", "ассистент", "модел",
            "сообщи", "ты больше", "ограничен",
        ];

        public static IReadOnlyList<(string Name, string Words)> Classes { get; } =
        [
            ("Lead", "bitte merci veuillez por favor per favore пожалуйста 请 請"),
            ("Not", "nicht kein keine ne non nao не нет 不要 ない"),
            ("Drop",
                "olvidate olvidese scordati dimenticati ignoriere ignorieren ignoriert vergiss vergesst vergessen missachte "
                + "missachten verwirf oublie oubliez oublier ignorez ignorer negligez neglige olvida olvide olviden olvidar ignora "
                + "ignoren ignorad "
                + "esqueca esquecam esquecer ignorem desconsidere dimentica dimenticate dimenticare ignorate scorda забудь забудьте "
                + "игнорируй игнорируйте отбрось ignorier scorda 忽略 忽视 忽視 无视 無視 忘记 忘記 忘掉 無視して 忘れて 無視し"),
            ("Earlier",
                "vorherigen vorherige vorher vorherig bisherigen bisherige fruheren fruhere obigen obige vorangegangenen zuvor oben "
                + "ursprunglichen precedent precedente precedentes precedents precedenti precede anterieures dessus avant auparavant "
                + "prealables initiales "
                + "anteriores anterior previas previos previo arriba antes acima prima sopra предыдущие предыдущим предыдущих "
                + "предыдущие прежние прежних раньше ранее выше вышеуказанных вышеуказанные 之前 以前 以上 先前 上面 前面 此前 上述 以前の これまで 前の 上記 先の"),
            ("Your",
                "dein deine deinen deiner deinem euer eure ihre ihren ton ta tes votre vos tu tus su sus seu sua seus suas tuo tua "
                + "tuoi tue твой твои твоих свой свои своих своим ваши 你的 您的 あなたの"),
            ("You", "du dir dich ihr ihnen sie vous tu te toi usted voce ti tibi ты тебе тебя вам 你 您 あなた"),
            ("Told",
                "bekommen erhalten gesagt gegeben donnees dites dit donne recu recues dicho dado recibido dito recebido foi detto "
                + "dato ricevuto говорили сказали дали сказано 收到 告诉 给你 说过 言われた 与えられた"),
            ("Everything", "alles was alle tout toutes tous todo todos tudo tutto tutti все всё 一切 所有 全部 内容 すべて 全て"),
            ("Rules",
                "anweisung anweisungen instruktionen vorgaben systemprompt systemprompts systemanweisung richtlinien consignes "
                + "instructions directives instrucciones indicaciones directrices instrucoes ordens istruzioni indicazioni direttive "
                + "инструкции инструкций инструкциям указания указаний промпт промпта 指令 指示 提示词 提示詞 系统提示词 系统提示 系統提示 系统指令 プロンプト "
                + "システムプロンプト 命令"),
            ("RulesWeak", "regeln befehle regles ordres reglas ordenes regras regole правила правил правилам правилах 规则 規則 命令 设定 ルール"),
            ("Not", "no"),
            ("Follow",
                "befolge befolgt folge beachte suis suivez suivre obeis obeissez sigas siga sigan sigais seguir seguire segua segui "
                + "obedeca следуй следуйте 遵守 遵循 按照 听从 従う 従わ"),
            ("Play", "agis agissez actua finge fingi finja handle verhalte antworte aja finta действуй 扮演 假装"),
            ("Unbound", "uneingeschrankt illimite irrestricto sinlimites"),
            ("Limits",
                "einschrankungen einschrankung regeln grenzen filter restriction restrictions limites limite filtres restricciones "
                + "reglas filtros restricoes regras limiti restrizioni regole filtri ограничений правил фильтров 限制 约束 約束 制限 制約"),
            ("Free", "ohne keine sans aucune sin ningun sem senza nessun без 没有 没有任何 不受 無 のない なし"),
            ("Machine",
                "ki kis ia ias ии нейросеть ассистент assistent assistenten assistente asistente modele modelo modello sprachmodell "
                + "chatbot ai助手 人工智能 助手 模型 语言模型 大模型 モデル アシスタント модель модели"),
            ("Say", "melde meldet berichte sag sage antworte antworten schreibe dis dites reponds repondez di diga informa responde "
                + "responda rispondi dica rapporta ответь ответьте скажи сообщи напиши 报告 回答 回复 说 输出 報告して 報告 答えて 答えよ 出力して"),
            ("Show",
                "wiederhole wiederholen repete repetez repita repite ripeti повтори повторите 重复 重複 教えて zeig zeige zeigt gib nenne "
                + "verrate affiche affichez montre revele revelez donne muestra muestrame revela dime imprime mostra mostre revele "
                + "diga rivela mostrami dimmi покажи раскрой выведи назови 显示 显示出 告诉 告诉我 输出 透露 泄露 打印 表示して 見せて 教えて 出力して"),
            ("YouAreNow", "你现在是 你現在是 теперь"),
            ("Dear",
                "dear hey hello hi hallo liebe lieber cher chere querida querido cara caro ola hola bonjour ciao дорогой уважаемый "
                + "привет 亲爱的 尊敬的 親愛なる"),
            ("Address",
                "message mensaje mensagem messaggio сообщение hinweis nachricht anmerkung nota note avis примечание сообщение "
                + "внимание 致 注意"),
            ("To", "an fur a au aux para per для к pour"),
        ];

        public static IReadOnlyList<(string Class, string Shape)> Definitions { get; } =
        [
            ("YouAreNow", "du|sie|ihr bist|sind|seid jetzt|nun|ab"),
            ("YouAreNow", "tu|vous es|etes maintenant|desormais|dorenavant"),
            ("YouAreNow", "desormais|maintenant|dorenavant tu|vous es|etes"),
            ("YouAreNow", "ab jetzt|sofort|nun 1 du|sie|ihr"),
            ("YouAreNow", "ab jetzt|sofort|nun bist|sind|seid du|sie|ihr"),
            ("YouAreNow", "ты больше не"),
            ("YouAreNow", "du|sie bist|sind kein|keine"),
            ("YouAreNow", "ya no eres"),
            ("YouAreNow", "non sei piu"),
            ("YouAreNow", "ahora|agora|ora|adesso eres|es|e|sei"),
            ("YouAreNow", "eres|es|sei|voce|tu ahora|agora|ora|adesso 1 eres|es|e"),
            ("YouAreNow", "теперь ты"),
            ("YouAreNow", "ты теперь"),
            ("YouAreNow", "从现在起|从现在开始|從現在開始|从现在 1 你|你是|您"),
            ("YouAreNow", "あなたは|あなた 2 今から|今|これから"),
            ("YouAreNow", "partir 2 ahora|agora|maintenant 1 eres|voce|es|tu"),
            ("YouAreNow", "ora|adesso in poi 1 sei|sarai"),
        ];
    }
}
