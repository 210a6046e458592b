/**
 * Characters that people type for a Latin letter because of their shape, beside what Unicode's tables say: digits
 * and signs of leetspeak, currency signs, faux Cyrillic and Greek, Canadian syllabics, Han and kana strokes.
 *
 * Collected by hand from common use. Each character may also mean itself, so it is a second reading and never
 * makes two honest letters one.
 */
export const styled: readonly (readonly [string, string])[] = [
  ['a', '4@ΛλɅʌΔДд∆∧₳卂ᗩԹ𐊠ÆæªАαคﾑꍏᏗᕱ'],
  ['b', '8ßẞ฿₿乃ᗷЪъЬьƅƄҍҌвВᏰჩ๒ꌃ'],
  ['c', '¢₵©⊂ᑕ匚ꞓꞒɔҫςᄃꉓፈ'],
  ['d', '∂ᗪժƉðÐԃᑯ⊅ɖ๔りꀸᎴ'],
  ['e', '3€єЄэЭΣΞξ∈∑℮乇ᗴəƎǝɛε£ҽعɘꍟ'],
  ['f', '₣千ᖴғҒẝſƒƑϝŦɟʄｷꎇᎦ'],
  ['g', '96₲ɢᎶցǤﻮƃムꁅ'],
  ['h', '卄ђЂћЋһҺнН#ん廾ᕼ₶ꃅɧ'],
  ['i', '1!¡|丨エɪιίïｴเﾉꀤᏆ'],
  ['j', 'נﾌᒍʝ丿ĵןꀭᏠʆɾ'],
  ['k', 'ĸкКҚқҜҝ₭Ϗズㅏꀘ'],
  ['l', '1|!£₤ℓㄥしᒪւʅ乚ꓡᄂﾚ꒒Ꮭ'],
  ['m', '爪ᗰ₥ʍмМ从ოɯɱӎ๓ﾶꂵ'],
  ['n', 'ηИиПп₦∩⊓几ᑎոռղήЛлӢÑℵภꈤ刀Ꮑ'],
  ['o', '0ØøσδΘθѲѳФф☉⊙⭕○●◯◎〇ㄖロ口ᗝ¤°ზՕօ⟳◔๏のꂦᎧ'],
  ['p', 'þÞ卩ᑭ₱¶ק℘ρРрՔｱꉣᎮԹφք'],
  ['q', '9ǪǫɊɋᑫզԶҨợゐꆰᎤƢ'],
  ['r', 'Яя®尺ᖇʁɾГгɌᚱ₹րꋪ'],
  ['s', '5$§₴丂ᔕֆട５ѕʂรꌗƧ૨'],
  ['t', '7+†‡ㄒ₮₸七ƬƮէтТԷ丅ナԵｲ꓄Ꮦ'],
  ['u', 'մμµυҵ∪⊔ЦцՍսㄩᑌᵾɄนบЏџɥиยひꀎᏬʊ'],
  ['v', 'ᶌ√∨ᐯѵѶᏙνΝ✓ש٧ꃴᏉ'],
  ['w', 'ωΩшШщЩա₩山ᗯѡѠɯฬพ屮ꅏ'],
  ['x', '×✕✖✗✘乂᙭メχΧхХжЖאꊼጀ'],
  ['y', '¥ㄚ丫үҮɎʎყγΥуУЧчվՎץﾘꌩ'],
  ['z', '2乙ᘔȤʑʐՀչꁴፚ'],
]

/** Han that a stroke or two tell apart, beside Unicode's few: each may be read as the others of its group. */
export const hanAlike =
  '管菅 系糸 微徽徵薇 客愙 员贠负 理埋狸 官宫 服股 统充 未末 己已巳 日曰 戊戌戍 人入 千干于 大太犬 王玉 天夭 本木 目且 由田甲申 ' +
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
