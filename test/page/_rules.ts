/** Rules to work on. */
export const names = `# Nicknames in groups
callback: beforeSetGroupMemberInfo
rules:
  - rule: tidy-nickname
    when: { nickName: present }
    rewrite: { nickName: trim }
    tests:
      - { given: { nickName: " Ann " }, expect: { rewrite: { nickName: Ann } } }

  - rule: staff-are-exempt
    when: { userID: { in list: staff } }
    allow: [no-staff-names]

  - rule: no-staff-names
    why: People pretend to be support
    when: { nickName: { looks like a word in: staff-names } }
    reject: { code: 5001, message: "“{nickName}” is reserved for staff" }
    tests:
      - { given: { nickName: Support }, expect: { reject: 5001 } }
      - { given: { nickName: Alice }, expect: allow }

  - rule: long-names
    when: { nickName.length: { more than: 24 } }
    reject: 5003
    mode: shadow
`

/** Files of a folder. */
export const folder = {
  'names.yaml': names,
  'lists/staff.txt': 'u-1\n',
  'lists/staff-names.txt': 'support\nadmin\n',
  'friends.yaml': `callback: beforeAddFriend
rules:
  - rule: no-links-in-requests
    when: { reqMsg.links: present }
    reject: { code: 5111, message: Please introduce yourself in other words }
    tests:
      - { given: { reqMsg: "see https://spam.test" }, expect: { reject: 5111 } }
`,
}
