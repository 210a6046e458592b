/** What people write in many languages, with what a reader would say of its shape. */
export type Sample = {
  language: string
  text: string
  scripts: readonly string[]
  words: number
  capitals: number | null
}

export const samples: readonly Sample[] = [
  { language: 'English', text: 'See you at 8, Ann!', scripts: ['latin'], words: 5, capitals: 18 },
  { language: 'German', text: 'Schöne Grüße aus Köln', scripts: ['latin'], words: 4, capitals: 16 },
  { language: 'Turkish', text: 'İyi günler IŞIK', scripts: ['latin'], words: 3, capitals: 38 },
  { language: 'Vietnamese', text: 'Việt Nam đất nước tôi', scripts: ['latin'], words: 5, capitals: 11 },
  { language: 'Yoruba', text: 'Ẹ kú àárọ̀ o', scripts: ['latin'], words: 4, capitals: 12 },
  { language: 'Russian', text: 'Добрый день, Аня', scripts: ['cyrillic'], words: 3, capitals: 15 },
  { language: 'Ukrainian', text: 'Ґанок і їжак', scripts: ['cyrillic'], words: 3, capitals: 10 },
  { language: 'Greek', text: 'Καλημέρα σας', scripts: ['greek'], words: 2, capitals: 9 },
  { language: 'Georgian', text: 'გამარჯობა მეგობარო', scripts: ['georgian'], words: 2, capitals: 0 },
  { language: 'Armenian', text: 'Բարեւ ձեզ', scripts: ['armenian'], words: 2, capitals: 12 },
  { language: 'Arabic', text: 'ٱلْحَمْدُ لِلَّٰهِ', scripts: ['arabic'], words: 2, capitals: null },
  { language: 'Persian', text: 'می‌خواهم بروم', scripts: ['arabic'], words: 2, capitals: null },
  { language: 'Hebrew', text: 'בְּרֵאשִׁ֖ית בָּרָ֣א', scripts: ['hebrew'], words: 2, capitals: null },
  { language: 'Hindi', text: 'हिन्दी में पिंकी', scripts: ['devanagari'], words: 3, capitals: null },
  { language: 'Bengali', text: 'আমি বাংলায় গান গাই', scripts: ['bengali'], words: 4, capitals: null },
  { language: 'Tamil', text: 'வணக்கம் நண்பரே', scripts: ['tamil'], words: 2, capitals: null },
  { language: 'Thai', text: 'ผู้ใหญ่ที่นี่', scripts: ['thai'], words: 3, capitals: null },
  { language: 'Tibetan', text: 'བཀྲ་ཤིས་བདེ་ལེགས', scripts: ['tibetan'], words: 4, capitals: null },
  { language: 'Burmese', text: 'မြန်မာ', scripts: ['myanmar'], words: 1, capitals: null },
  { language: 'Chinese', text: '我们用 HTTP', scripts: ['han', 'latin'], words: 3, capitals: 100 },
  {
    language: 'Japanese',
    text: 'カタカナと漢字です',
    scripts: ['katakana', 'hiragana', 'han'],
    words: 4,
    capitals: null,
  },
  { language: 'Korean', text: '안녕하세요 여러분', scripts: ['hangul'], words: 2, capitals: null },
]
