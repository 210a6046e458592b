/**
 * Characters that people type for a Latin letter because of their shape, beside what Unicode's tables say: digits
 * and signs of leetspeak, currency signs, faux Cyrillic and Greek, Canadian syllabics, Han and kana strokes.
 *
 * Collected by hand from common use. Each character may also mean itself, so it is a second reading and never
 * makes two honest letters one.
 */
export const styled: readonly (readonly [string, string])[] = [
  ['a', '4@ΛλɅʌΔДд∆∧₳卂ᗩԹ𐊠ÆæªАα'],
  ['b', '8ßẞ฿₿乃ᗷЪъЬьƅƄвВᏰჩ'],
  ['c', '¢₵©⊂ᑕ匚ꞓꞒɔҫς'],
  ['d', '∂ᗪժƉðÐԃᑯ⊅ɖ'],
  ['e', '3€єЄэЭΣΞξ∈∑℮乇ᗴəƎǝɛε£ҽعɘ'],
  ['f', '₣千ᖴғҒẝſƒƑ千ϝ'],
  ['g', '96₲ɢᎶցǤ'],
  ['h', '卄ђЂћЋһҺнН#ん廾ᕼ₶'],
  ['i', '1!¡|丨エɪιίïｴ'],
  ['j', 'נﾌᒍʝ丿ĵ'],
  ['k', 'ĸкКҚқҜҝ₭Ϗズㅏ'],
  ['l', '1|!£₤ℓㄥしᒪւʅ乚ꓡ'],
  ['m', '爪ᗰ₥ʍмМ从ოɯოɯɱӎ'],
  ['n', 'ηИиПп₦∩⊓几ᑎոռղήЛлӢÑℵ'],
  ['o', '0ØøσδΘθѲѳФф☉⊙⭕○●◯◎〇ㄖロ口ᗝ¤°ზՕօ⟳◔'],
  ['p', 'þÞ卩ᑭ₱¶ק℘ρРрՔ'],
  ['q', '9ɊɋᑫզԶҨ'],
  ['r', 'Яя®尺ᖇʁɾГгɌᚱ₹ր'],
  ['s', '5$§₴丂ᔕֆട５ѕടʂ'],
  ['t', '7+†‡ㄒ₮₸七ƬƮէтТ丅ナԵ'],
  ['u', 'մμµυҵ∪⊔ЦцՍսㄩᑌᵾɄนบЏџɥии'],
  ['v', 'ᶌ√∨ᐯѵѶᏙνΝ✓ש٧'],
  ['w', 'ωΩшШщЩա₩山ᗯѡѠɯฬพ屮'],
  ['x', '×✕✖✗✘乂᙭メχΧхХжЖ'],
  ['y', '¥ㄚ丫ү¥ҮɎʎყγΥуУЧч'],
  ['z', '2乙ᘔȤ乙ʑʐՀ'],
]
