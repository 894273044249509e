/** Made-up names of people and of natural villages. */
import type { Random } from './random.ts'

const surnames =
  '王李张陈刘杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'
const given =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红梅建国志文春雪松林凤琴根土水法荣生福寿财宝庆祥德仁义忠良海波云峰鹏飞龙晓燕莉玲彩珍素珠阿金木火银雅婷欣怡子轩梓涵浩宇俊豪思琪佳慧'

/** Commoner surnames first: the share falls off as in real registers. */
export function personName(random: Random): string {
  const surname = surnames[Math.floor(surnames.length * random.unit() ** 2.2)]!
  const letter = (): string => given[random.whole(0, given.length - 1)]!
  return surname + letter() + (random.chance(0.72) ? letter() : '')
}

const fronts = [
  '上',
  '下',
  '里',
  '外',
  '大',
  '小',
  '东',
  '西',
  '后',
  '新',
  '老',
  '石',
  '竹',
  '枫',
  '桐',
  '柿',
  '梅',
  '茶',
  '陈家',
  '吴家',
  '方家',
  '何家',
  '俞家',
  '骆家',
  '章家',
]
const backs = [
  '坞',
  '塘',
  '畈',
  '湾',
  '坪',
  '墩',
  '坑',
  '头',
  '岭脚',
  '桥头',
  '田',
  '蓬',
  '坂',
  '店',
  '山下',
  '溪边',
]

/** `count` different names of natural villages, e.g. 里坞, 方家塘. */
export function hamletNames(count: number, random: Random): string[] {
  return random.shuffled(fronts.flatMap((front) => backs.map((back) => front + back))).slice(0, count)
}
