/**
 * Characters that people use for a Latin letter because of their shape, in addition to Unicode's tables: digits and
 * signs of leetspeak, currency signs, faux Cyrillic and Greek, Canadian syllabics, Han and kana strokes.
 *
 * Collected by hand from common use. Each character may also mean itself, so this is only a second reading, and never
 * makes two real letters equal.
 */
export const styled: readonly (readonly [string, string])[] = [
  ['a', '4@əΛλɅʌΔДд∆∧₳卂ᗩԹ𐊠ÆæªАαคﾑꍏᏗᕱ𐌀ልꋬꬰⲀⲁ'],
  ['b', '68ßẞ฿₿乃ᗷЪъЬьƅƄҍҌвВᏰჩ๒ꌃც๖𐌁ጌꃳɮႦ'],
  ['c', '5¢₵©⊂ᑕ匚ꞓꞒɔҫςᄃꉓፈ૮ζ𐌂ርꉔ'],
  ['d', '∂ᗪժƉðÐԃᑯ⊅ɖ๔りꀸᎴ໓ᕲ𐌃ዕ꒯δԁ'],
  ['e', '3€єЄэЭΣΞξ∈∑℮乇ᗴəƎǝɛε£ҽعɘꍟᘿ𐌄ቿꏂⲈⲉ'],
  ['f', '₣千ᖴғҒẝſƒƑϝŦɟʄｷꎇᎦ𐌅ቻꊰ£∱ք'],
  ['g', '96₲ɢᎶցǤﻮƃムꁅງᘜᏽᏵኗꍌ'],
  ['h', '卄ђЂћЋһҺнН#ん廾ᕼ₶ꃅɧ𐋅ዘꁝԋ'],
  ['i', '1!¡|丨エɪιίïｴเﾉꀤᏆᓰጎ꒐'],
  ['j', 'נﾌᒍʝ丿ĵןꀭᏠʆɾวᒚጋ꒻'],
  ['k', 'ĸкКҚқҜҝ₭Ϗズㅏꀘҡጕ'],
  ['l', '1|!£₤ℓㄥしᒪւʅ乚ꓡᄂﾚ꒒Ꮭ𐌋ረ'],
  ['m', '爪ᗰ₥ʍмМ从ოɯɱӎ๓ﾶꂵᄊᘻ𐌌ጠ'],
  ['n', 'ηИиПп₦∩⊓几ᑎոռղήЛлӢÑℵภꈤ刀Ꮑຖᘉ𐌍ክꋊꮑ'],
  ['o', '0ØøσδΘθѲѳФф☉⊙⭕○●◯◎〇ㄖロ口ᗝ¤°ზՕօ⟳◔๏のꂦᎧᝪᓍዐꄲð'],
  ['p', 'þÞ卩ᑭ₱¶ק℘ρРрՔｱꉣᎮԹφքᕵ𐌐የ'],
  ['q', '9ǪǫɊɋᑫզԶҨợゐꆰᎤƢ๑ᕴ𐌒ዒҩ'],
  ['r', 'Яя®尺ᖇʁɾГгɌᚱ₹րꋪཞ𐌓ዪ'],
  ['s', '5$§₴丂ᔕֆട５ѕʂรꌗƧ૨ᔑ𐌔ነꇙ'],
  ['t', '7+†‡ㄒ₮₸七ƬƮէтТԷ丅ナԵｲ꓄Ꮦɬᖶ𐌕ፕՇƚΓ'],
  ['u', 'մμµυҵ∪⊔ЦцՍսㄩᑌᵾɄนบЏџɥиยひꀎᏬʊⲩ𐌵ሁ꒤'],
  ['v', 'ᶌ√∨ᐯѵѶᏙνΝ✓ש٧ꃴᏉЦงᕓሀꒋɅ꒦'],
  ['w', 'ωΩшШщЩա₩山ᗯѡѠɯฬพ屮ꅏຟᘺሠꅐΨ'],
  ['x', '×✕✖✗✘乂᙭メχΧхХжЖאꊼጀ𐋄ሸꉧ'],
  ['y', '¥ㄚ丫үҮɎʎყγΥуУЧчվՎץﾘꌩฯᖻ𐌙ሃꌦ'],
  ['z', '2乙ᘔȤʑʐՀչꁴፚຊጊ'],
  ['1', '一壹'],
  ['2', '二'],
  ['3', '三'],
  ['4', '四'],
  ['5', '五'],
  ['6', '六'],
  ['7', '七'],
  ['8', '八'],
  ['9', '九'],
  ['б', '6'],
  ['г', 'r'],
  ['д', 'dg'],
  ['з', '3'],
  ['к', 'k'],
  ['м', 'm'],
  ['н', 'h'],
  ['п', 'nπ'],
  ['т', 't'],
  ['ч', '4'],
  ['ш', 'wω'],
  ['я', 'R'],
  ['ه', 'ة'],
  ['ة', 'ه'],
]

/** Han that differ by a stroke or two, in addition to Unicode's few: each may be read as the others of its group. */
export const hanAlike =
  '管菅 系糸 微徽徵薇 客愙 员贠负 理埋狸里 官宫 服股 统充 未末 己已巳 日曰 戊戌戍 人入 千干于 大太犬 王玉 天夭 本木 目且 由田甲申 ' +
  '刀力 午牛 白自 名各 见贝 困因 体休 问间 待侍 治冶 请清情晴 支攴 付什 宝室 主王 财材 技枝 公厶 方万 群郡 信倌'

/** Letters drawn with several signs of ASCII, the longest first. */
export const drawn: readonly (readonly [string, string])[] = [
  ['|\\/|', 'm'],
  ['/\\/\\', 'm'],
  ['\\/\\/', 'w'],
  ['|\\|', 'n'],
  ['|-|', 'h'],
  ['|_|', 'u'],
  ['/\\', 'a'],
  ['\\/', 'v'],
  ['|<', 'k'],
  ['|)', 'd'],
  ['|>', 'p'],
  ['()', 'o'],
  ['[]', 'o'],
]
