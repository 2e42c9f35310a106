/**
 * The passwords that head every published list of leaked ones, lower-case, written down by hand. Those shorter than
 * eight characters are here too: they are refused for both reasons, as Django does.
 */
export const COMMON_PASSWORDS = `
000000 00000000 000000000 0000000000 01020304 01234567 012345678 0123456789 0987654321 10203040 1020304050 1029384756
11111 111111 11111111 111111111 1111111111 111222333 112233 11223344 1122334455 11235813 121212 12121212 12131415
123123 12312312 123123123 123321123 1234 12341234 12344321 12345 1234512345 123454321 123456 12345600 123456123 1234567
12345671 12345678 123456781 123456789 1234567890 12345678900 1234567891 12345678910 123456789a 123456789q 123456789z
12345678a 12345679 1234567a 1234567q 123456aa 123456abc 123456qw 123456qwe 123456qwerty 12345abc 12345asd 12345qwe
12345qwert 12345qwerty 1234abcd 1234asdf 1234qwer 12365478 123654789 123789456 123abc 123abc123 123admin 123asd123
123hello 123mudar 123password 123qwe 123qwe123 123qweasd 123qweasdzxc 123qwerty 124578963 13131313 134679852 13579246
1357924680 14253647 147258369 147852369 14789632 147896325 159753 159753456 15975346 17171717 19191919 1a2b3c4d
1a2b3c4d5e 1a2s3d4f 1g2w3e4r 1passwor 1password 1q1q1q1q 1q2w3e 1q2w3e4r 1q2w3e4r5 1q2w3e4r5t 1q2w3e4r5t6y 1qa2ws3ed
1qaz1qaz 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 1qazxsw23edc 1x2zkg8w 20002000 20012001 20022002 20032003 20102010 20202020
21212121 22222222 222222222 22334455 23232323 23456789 25252525 31415926 314159265 321321321 321654987 33333333
333333333 34567890 369258147 3rjs1la7qe 43214321 44444444 44556677 45454545 4815162342 55555555 555555555 5555555555
55667788 5plk4l5uc7 654321 666666 66666666 666666666 696969 69696969 741852963 75395146 76543210 77777777 777777777
7777777a 78787878 78945612 789456123 7894561230 789632145 789654123 85208520 86754321 87654321 876543210 87878787
88888888 888888888 963852741 987456321 98765432 987654321 9876543210 98989898 99999999 999999999 9999999999 a1234567
a12345678 a123456789 a1b2c3 a1b2c3d4 a1b2c3d4e5 a1s2d3f4 aa123456 aa12345678 aaaa1111 aaaaaa aaaaaaa aaaaaaaa aaaaaaaaa
aaaaaaaaaa aaasss aabbcc abc123 abc12345 abc123456 abc123abc abcabc abcd1234 abcd12345 abcd123456 abcdabcd abcde
abcde123 abcdef abcdefg abcdefg1 abcdefg123 abcdefgh abcdefghi abcdefghij access access14 access20 action adidas admin
admin1 admin123 admin1234 admin12345 admin123456 admin888 adminadmin administrator adminpass adminpassword adrian
adriana agent007 airborne airplane akademi alabama aladdin alaska albert alberto alejandra alejandro alessandro
alex1234 alexander alexander1 alexandr alexandra alexandre alexis alfred alicia alison alliance allison allison1
allstar almighty alpha123 altima amadeus amanda amateur amazing amazon america america1 american anakonda anamaria
anastasia anderson andrea andrei andrew andrew123 android angela angelica angelina angelito angels animal animals
anthony anthony1 antonio antonio1 apache apollo apollo13 apples aquarius arcadia archie ariana arizona arsenal arsenal1
arsenal123 arthur asas1212 asd123 asd12345 asd123456 asd123asd asdasd asdasd12 asdasd123 asdasdas asdasdasd asdf1234
asdf12345 asdfasdf asdfasdfasdf asdfg123 asdfg12345 asdfgh asdfgh01 asdfgh123 asdfghj asdfghjk asdfghjkl asdfghjkl1
asdfjkl asdfqwer asdfzxcv asdqwe asdqwe12 asdqwe123 asdzxc asdzxc123 ashley ashley12 ashton assassin assword asterix
astonvilla athena atlanta atlantis attila attitude auburn audrey august austin australia autumn avalanche avalon avatar
avengers aviation awesome awesome1 azerty azerty12 azerty123 azertyui azertyuiop azsxdc azsxdcfv babies babyboy
babyboy1 babycakes babydoll babyface babygirl babygirl1 babygurl babylon babyphat bacardi backspace badass badboy
badger badgirl bailey balance baller ballet balloon bambam banana bananas bandit banker barbara barbie barcelona
barcelona1 barney barsik baseball baseball1 baseball12 basket basketball basketball1 bastard batman batman12 batman123
bayern beaches beagle bearbear bearcat beatles beatriz beautiful beautiful1 beauty beaver beavis beckham bella123
benfica benjamin benjamin1 berkeley berlin bernard bertha bethany beyonce bicycle bigbird bigboss bigboy bigcock
bigdaddy bigdick bigdog bigfoot bigmac bigman bigmike bigmoney bigred bigtits billabong billgates billybob birdie
birthday birthday1 biscuit bismarck bitches biteme blabla blablabla black123 blackberry blackbird blackcat blackdog
blackhawk blackie blackjack blackman blackout blahblah blaster blazer blessed blessed1 blessing blink182 blondie bloody
blossom blowfish blowjob blowme blue1234 blueberry bluebird bluedog blueeyes bluefish bluemoon bluesky bobafett bobcat
bollocks bombay bonjour bonnie boobies booboo booger boogie bookworm boomer boston bradley bradley1 brandon brandon1
brandy brasil braves brazil breanna brenda brennan brianna brianna1 bridge bridget britney britney1 brittany brittany1
broken broncos broncos1 brooke brooklyn brother brother1 brothers brownie brownie1 browns brucelee bruins brutus
bubba123 bubbles bubbles1 buckeye buckeyes buddha buddy123 buddyboy buffalo bugsbunny builder building bulldog bulldog1
bulldogs bullet bullshit bunnies buster butter butterfly butterfly1 butthead button buttons bynthytn caesar calendar
calgary california calvin camaro camelot camera cameron cameron1 camila camille campbell canada cancer candy123
candyman cannabis captain captain1 cardinal cardinals carlos carmen carolina carolina1 caroline caroline1 carpenter
cartman cartoon casanova casper cassandra cassie castle catalina catdog catfish catherine catwoman cavalier celeste
celine celtic celtics center century cerberus chacha chainsaw challenger champion champion1 champions chance chanel
change changeit changeme changeme1 changeme123 changethis charity charles charles1 charley charlie charlie1 charlie123
charlotte charlotte1 charmed charming charter checkers cheech cheers cheese cheesecake chelsea chelsea1 chelsea123
cherokee cherries cherry chester chester1 chevrolet chicago chicago1 chicken chicken1 chickens children children1
chinese chipper chiquita chocolate chocolate1 chopper chris123 chrisbrown chrissy christ christian christian1 christin
christina christina1 christine christmas christmas1 christopher chrome chronic chuckles church cinderella cinnamon
claire clarence clarissa classic claudia clayton clement clevelan cleveland clifford clinton clippers clover cocacola
cocacola1 cocaine coconut coffee college college1 colombia colonel colorado colorado1 colors columbia columbus comedy
command commander commando company compaq complete computador computer computer1 computer12 computer123 connect
connection connie connor conquest consumer contact content control cookie cookie12 cookie123 cookies cookies1 coolboy
coolcat cooldude coolguy coolio coolman cooper copper corazon corvette corvette1 cosmos costarica cougar country
courage courtney courtney1 cowboy cowboys cowboys1 coyote cracker cracker1 crawford crazy123 creamy creation creative
creative1 cricket cricket1 crimson cristian cristiano cristiano7 cristina critter cruise crusader cruzeiro crystal
crystal1 cuddles cupcake cupcake1 cuteako cutegirl cutie123 cutiepie cyclone cynthia cynthia1 daddy123 daddysgirl
daewoo daisy123 dakota dallas dallas22 damian damnit dancer dancing daniel daniel12 daniel123 daniela daniela1 daniella
danielle danielle1 danny123 darius darkangel darkness darkness1 darkside darlene darling darren darwin dashboard
database david123 david1234 dawson daytona deadman deadpool dearbook december december1 deedee deeznuts default
default1 defender defiant delaware delfin deliver deltaforce demo1234 denise dennis denver derrick design designer
desire desiree destiny destiny1 detroit detroit1 deutschland developer devil666 devils diablo diamond diamond1 diamonds
dickhead diesel digger digital digital1 dilbert dingdong dinosaur direct director disney divine dmitry doctor doctorwho
dodgeram dodgers dodgers1 dogcat doggie doghouse dolphin dolphin1 dolphins dolphins1 dominic dominic1 dominick
dominique donald donkey donnie doodle dorothy dotcom douglas douglas1 download downtown dragon dragon11 dragon12
dragon123 dragon13 dragon69 dragon99 dragonball dragonfly dragons dragons1 dreamer dreamer1 dreams drowssap drummer
dudeman dumbass duncan dundee dynamite dynasty eagles earthlink eastside eclipse eclipse1 edison eduardo eduardo1
edward einstein election electra electric elefant elephant elephant1 eleven elijah elizabeth elizabeth1 elliott
ellipsis emerald emily123 eminem emmanuel empire endless energy engage engineer england england1 english enigma
enter123 enterprise entropy envision eric1234 ericsson escape escorpion estrella eternal eternity eugene europa evelyn
everlast everton everton1 everything evolution excalibur excellent exchange exigent explorer express express1 extreme
eyeball fabian fabulous facebook facebook1 facebook123 faithful falcon falcons falcons1 family family123 fantasia
fantasy fantasy1 fashion fashion1 fatboy fatcat father fatima fearless february felicia felicidad felipe fender
fenerbahce fenway fernanda fernando fernando1 ferrari ferrari1 ferret fetish fiction fighter filipino fireball firebird
firefire firefly firefox firefox1 fireman fireman1 firetruck fisher fisherman fishing fishing1 flamengo flames flamingo
fletcher flipper florence florida florida1 flower flower123 flowers flowers1 fluffy flyers follower foobar football
football1 football10 football12 football123 footjob forest forever forever1 forever21 forget forgot forgotten formula
formula1 forsaken fortuna fortune fossil francesco francis francis1 francisco frankie frankie1 franklin freckles
freddie freddy frederic freedom freedom1 freedom123 freeman freepass freeuser freeway freeze french friday friend
friends friends1 friends123 friendship friendster froggie froggy frosty fucker fucking fuckme fuckoff fuckoff1 fuckthis
fuckyou fuckyou1 fuckyou123 fuckyou2 fuckyou69 functional funnyman funtime furball gabriel gabriel1 gabriela gabriella
galaxy galileo gameboy gamecube gamer123 games123 gandalf gandalf1 gangsta gangsta1 gangster gangster1 garden gardener
garfield garfield1 gateway gateway1 gatorade gators gemini general general1 generals generic genesis genesis1 genius
gentle geoffrey george georgia georgia1 gerald gerard german germany germany1 gerrard gfhjkm ghbdtn ghetto ghost123
giants gibson gilbert ginger giovanni giraffe girlfriend giuseppe gizmo123 gladiator glitter global goalie goblin
godbless goddess godfather godisgood godislove godslove godzilla godzilla1 goldberg golden goldfish goldie golfer
golfgolf golfing gonzalez goober goodboy goodbye goodday goodgirl goodluck goodman goodtimes google google123 gordon
gorgeous gotcha gothic grace123 grandma grandma1 granite graphics grateful greatone green123 greenbay greenday
greenday1 greenday2 greenish gregory gregory1 greshnik griffin grizzly groove grover guardian guest guest123 guillermo
guinness guitar guitarra gundam gunner gunners gustavo hacker hallo123 hallowee halloween hamburg hamilton hammer
hamster hamster1 handsome hannah hansolo happy123 happy1234 happyday happydays happyfeet happyman hardcore hardrock
harley harleydavidson harmony harold harrison harry123 harrypotter harvest harvey hastings hawaii hawaii50 hawkeye
hayden hayley headshot heartbreaker hearts heather heather1 heaven hector heineken hejsan helena hello hello123
hello1234 hello12345 hellohello hellokitty hellomoto helloworld hellyeah helper helpme hendrix henry123 herbert
hercules heritage herman hermione hernandez heroes hershey hesoyam highland highlander hillary himanshu hiphop hitman
hockey hogwarts holiday holidays holland hollister hollister1 hollywood hollywood1 homeboy homebrew homer123 homerun
homework honda123 honey123 honeybee honeybun hooker hooters horizon hornet hornets horses hotboy hotdog hotgirl hotmail
hotmail1 hotmama hotpink hotrod hotshot hotstuff house123 houston houston1 howard hubert hudson hummer hunter hunter12
hunter123 hunting hunting1 hurricane husker huskers hustler hyperion iamcool iamgod iamthebest icecream icecream1
iceman idontknow iforgot ihateyou ihateyou1 ilikepie illinois illusion ilovegod ilovehim ilovejesus ilovemom ilovemum
ilovemyself iloveu iloveyou iloveyou! iloveyou1 iloveyou12 iloveyou123 iloveyou2 iloveyou3 immortal impala imperial
impossible incubus india123 indian indiana indiana1 indians indigo indonesia infantry infiniti infinity insane inside
inspiron install instant inter123 internet internet1 internet123 intrepid inuyasha invisible ireland ireland1 ironman
ironman1 isabel isabella isabelle istanbul italia italian iverson iverson3 iw14fi9j jabber jackass jackass1 jackie
jackjack jackson jackson1 jackson5 jacob123 jacqueline jaguar jamaica james007 james123 jamesbond jamesbond007 january
january1 japanese jarhead jasmin jasmine jasmine1 jason123 jasper javier jayden jayhawks jayjay jeffrey jeffrey1
jellybean jellybeans jennie jennifer jennifer1 jeremiah jeremy jericho jerome jersey jessica jessica1 jessica123 jessie
jester jesus123 jesus777 jesuschrist jesuslovesme jetaime jewels jillian jimbob jimmy123 joanna johanna john1234
johncena johncena1 johnny johnson johnson1 jojojojo jonathan jonathan1 jordan jordan01 jordan12 jordan123 jordan23
joseph josephine joshua joshua123 jumper junebug jungle juninho junior jupiter jurassic justdoit justice justice1
justin justin12 justin123 justinbieber justine justme juventus juventus1 kakashi kamikaze kangaroo kansas karate karina
karolina katana katelyn katherine kathleen kathryn katie123 katrina katrina1 kawasaki kaylee keeper keepout keller
kelly123 kelsey kendall kennedy kenneth kenneth1 kenshin kermit kevin123 keyboard keyboard1 kikiki killer killer12
killer123 killers killjoy killme kimberly kimberly1 kingdom kingdom1 kingfish kingking kingkong kingston kirsten kissme
kissmyass kitkat kitten kittens kittie kitty123 kittycat kittykat klapaucius knicks knight knights knockout kobebryant
kolkata kordell1 kristen kristen1 kristian kristin kristina kristine kronos krystal ksusha ladybird ladybug ladybug1
lakers lakers24 lakeside lakota lalala lalalala lalaland lambert lamborghini lampard landon laptop lasvegas latina
laura123 lauren laurent lawrence lawyer leather legend legends legolas leicester lemonade lemons leonard leonardo
leonidas leopard lesbian leslie letmein letmein1 letmein12 letmein123 letmein2 letmein22 leviathan lexmark liberty
liberty1 library lickme lifehack lightning lilian liliana lilmama lilwayne lincoln lincoln1 lindsay lindsey lindsey1
linkinpark linux123 lionking lipstick liquid littleman liverpool liverpool1 liverpool123 lizard lkjhgf lkjhgfds
lkjhgfdsa loading localhost logan123 login login123 loginpass logitech lokomotiv lol12345 lolita lollipop lollol
lollol123 lollypop lombard london london123 lonely lonestar lonewolf longhorn longhorns looking looser lorena lorenzo
loser123 lottery love1234 love12345 love123456 love2000 love2007 love4ever loveable lovebird lovebug lovehate lovehurts
loveit loveless lovelife lovelove lovely lovelyn loveme lovemom lover123 loverboy loverman lovers lovesex lovesong
loveyou loveyou1 loveyou123 loveyou2 loving lucas123 lucky123 lucky777 luckycharm luckydog luckyone luckystar mackenzie
maddie maddog madeline madison madison1 madness madonna madrid magdalena maggie magic123 magicman magnum magnus mailman
mainland makaveli makeup malachi malaysia malcolm malibu mallory mamacita mamamama mamapapa manager manager1 manchester
manchester1 manchesterunited mandarin manman manowar manson mantra manuel manunited manutd marathon marcel marcela
marcelo marcus margaret margarita maria123 mariah mariana marianne marie123 marijuana marilyn marina marine mariner
mariners marines marines1 mario123 mariposa marisol market marketing marlboro marlboro1 marley marriage married
marseille marshal marshall marshall1 martha martin martina martinez martini marvin maryjane maryjane1 master master12
master123 masterkey masterp masters mathew matilda matrix matteo matthew matthew1 matthew123 matthias maureen maverick
maverick1 maxima maximus maximus1 maxmax maxwell maxwell1 mayday mazda626 mcdonald mcdonalds meatball medical medicine
medusa megadeth megaman melanie melanie1 melinda melissa melissa1 melody member memorial memory memphis mercedes
mercedes1 mercury mercury1 merlin mermaid metallic metallica metallica1 method mexican mexico michael michael1
michael12 michael123 michael2 michael23 michaela micheal michel michele michelle michelle1 michigan michigan1 mickey
mickeymouse microlab microsoft midnight midnight1 mighty miguel mihail mike1234 milano miller million millions
minecraft minecraft1 minerva minime minnesota minnie miracle miracle1 miranda miranda1 mischief misfit misfits mission
mississippi missy123 mistress mitchell mitchell1 mmmmmm mmmmmmmm mnbvcx mnbvcxz mobile mobilemail modern mohamed
mohammad mohammed molly123 mollydog momdad mommy123 monalisa monday money100 money123 moneymaker moneyman monica
monique monkey monkey11 monkey12 monkey123 monkey13 monkey22 monkeyman monkeys monkeys1 monopoly monster monster1
monster123 monsters montana montana1 montreal moocow moomoo moonbeam moonlight moonlight1 moonstar mordor morena morgan
morning morpheus morris mortal mortgage moscow mother motherfucker mothers motocross motorola motorola1 mountain
mountain1 mouse123 movies mozart muffin mukesh multimedia murphy muscle music123 musicman mustang mustang1 mustang123
mustang5 mustangs mybaby mycomputer mylove myname mynoob mypass mypassword myself myspace myspace1 myspace123 mystery
mystic nascar nascar24 natalia natalie natalie1 natasha natasha1 nathalie nathan nathaniel national natural nature
naughty naughty1 navarro nebraska nelson nemesis neopets netscape network network1 networking nevada nevermind
newcastle newcastle1 newlife newlife1 newman newpass newpass1 newpassword newport newton newyork newyork1 newyork123
newzealand nicaragua nicholas nicholas1 nichole nicolas nicolas1 nicole nicole12 nicole123 nightmare nightwish nikita
niklas nikolas nintendo nintendo1 nirvana nirvana1 nissan nokia123 nokian73 nonenone nopass nopassword notebook nothing
nothing1 nounours november november1 nowayout nursing nutella nyjets oceans october october1 office oklahoma oldman
oliver oliver123 olivia onelove onlyme onlyone oooooo ooooooo operation operator optimist optimus oracle orange
orange12 oranges orchid oregon original orioles orlando orlando1 oscar123 outkast outlaw outside overlord oxford
p455w0rd p4ssw0rd p4ssword p@55w0rd p@ss1234 p@ssw0rd p@ssw0rd1 p@ssw0rd123 p@ssword p@ssword1 pa$$w0rd pa$$word
pa55w0rd pa55word pa55word1 pacific packard packers packers1 paintball paintball1 pakistan pakistan1 palace paladin
palermo paloma pamela pancakes pancho panda123 pandas pandora pantera pantera1 panther panther1 panthers panthers1
papamama parade paradise paradise1 paramore paris123 parker parola parolamea parrot partner pasaway pascal pass pass12
pass123 pass1234 pass12345 pass123456 pass1word passion passion1 passme passpass passport passw0rd passw0rd1
passw0rd123 passwd passwor password password! password0 password00 password01 password02 password1 password1!
password10 password11 password12 password123 password1234 password12345 password123456 password13 password2 password21
password22 password23 password3 password4 password5 password6 password69 password7 password77 password8 password88
password9 password99 password@123 passwordpassword passwords passworld passwort pathfinder patience patricia patricia1
patrick patrick1 patrick123 patriot patriots patriots1 paulina pavilion payday payton34 peace123 peaceful peaches
peaches1 peanut peanuts pearljam pebbles pegasus penelope penguin penguin1 penguins pentium people pepper peppers
pepsi123 percolate perfect perfect1 persephone personal peter123 peterpan phantom phantom1 pharmacy phillies phillip
phillip1 phoenix phoenix1 photos phyllis pianoman picard picasso pickle pickles pictures pierre pikachu pikachu1 pimpin
pimping pineapple pingpong pinkfloyd pinkie pinky123 pioneer pippen pirate pirates pirates1 pisces pistol pistons
pitbull pitbull1 pizza123 pizzahut planet planets platinum platypus playboy playboy1 player players playgirl please
pleasure plymouth pokemon pokemon1 pokemon12 pokemon123 poland police polina politics polska poohbear poohbear1 pookie
poopoo popcorn popcorn1 popeye popopo poppop porsche porsche1 porsche911 portable portland portugal postal potato
potter power123 powerful poweroff powers pppppp pppppppp precious precious1 predator prelude premier presario presiden
president presley pressure preston pretty primetime prince princesa princesita princess princess1 princess12
princess123 princess2 princesse priscilla private private1 problem prodigy professional professor profile program
project promise property prosper protect protected prototype proverbs psycho public pumpkin pumpkin1 punisher puppies
puppy123 puppydog purple purple12 purple123 pussies pussycat pyramid python q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 q2w3e4r5
qawsed qawsedrf qayxsw qaz12345 qaz123wsx qazqaz qazqazqaz qazwsx qazwsx12 qazwsx123 qazwsxed qazwsxedc qazwsxedc123
qazwsxedcrfv qazxcv qazxcvbnm qazxsw qazxsw123 qazxswedc qq123456 qqqqqq qqqqqqqq qqww1122 quality quantum queen123
querty qwaszx qwe123 qwe12345 qwe123456 qwe123qwe qwe123rty qweasd qweasd12 qweasd123 qweasdzx qweasdzxc qweasdzxc1
qweasdzxc123 qwepoi qweqwe qweqwe123 qweqweqwe qwer1234 qwer12345 qwer4321 qwerasdf qwerasdfzxcv qwerqwer qwert
qwert123 qwert1234 qwert12345 qwerty qwerty00 qwerty01 qwerty11 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456
qwerty13 qwerty22 qwerty321 qwerty654321 qwerty77 qwerty777 qwerty78 qwerty789 qwerty99 qwertyqwerty qwertyu qwertyu1
qwertyui qwertyuio qwertyuiop qwertyuiop1 qwertyuiop123 qwertyuiop[] qwertz qwertz123 qwertzui qwertzuiop rabbit rachel
racing raider raiders raiders1 rainbow rainbow1 rainbow6 rainbows rainyday ramirez rammstein ramones random ranger
rangers rangers1 raphael raptor raptors rapture rascal ravens reading reality realmadrid realmadrid1 reason rebecca
rebecca1 rebels record redbull reddevil reddog redhead redhot redneck redneck1 redrose redrum redskins redskins1 redsox
redwings redwings1 reebok regina reginald register registration reloaded remember remember1 renault reptile requiem
rescue research resident retired revenge revolution reynolds rfnthbyf rhiannon ricardo ricardo1 richard richard1
richmond rickey ricky123 rihanna ripper riverside robbie robert robert12 robert123 roberta roberto roberto1 robinhood
robins robinson robotics rocker rocket rockets rockets1 rocknroll rockon rockstar rockstar1 rocky123 rodney rodrigo
rodriguez roland roller rolltide rolltide1 romance romania romano romantic ronald ronaldinho ronaldo ronaldo1 ronaldo7
roofer rooney rooney10 rooster roosters root rootroot rosario rosebud rosemary rossignol rotten roxanne royals rrrrrr
rssbot rsturbo runaway runescape runescape1 runner rush2112 russell russell1 russia russian ruthless sabrina sabrina1
sailing sailor sailormoon saints sakura salamander salasana salvador samantha samantha1 sammy123 samsam samson samsung
samsung1 samsung12 samsung123 samurai samurai1 sanchez sanderson sandman sandra sandrine sanfran sanjose santana
santiago santos santosh sapphire sarah123 saratoga sasasa sascha sasha123 sasuke saturday saturn sausage savage savanna
savannah savannah1 scarface scarface1 scarlet scarlett schalke04 school school123 schools science science1 scissors
scooby scoobydoo scoobydoo2 scooter scooter1 scorpio scorpio1 scorpion scorpion1 scorpions scotland scotland1 scott123
scottie scotty scouting scrappy scrappy1 scream screamer scrooge scruffy sd3utre7 seabiscuit seahawks seattle seattle1
sebastian sebastian1 sebastien secret secret12 secret123 secret1234 secret12345 secrets security security1 semperfi
senators senegal senior seniors september serena serenity serenity1 sergey sergio service sevens seventeen severin
sexgod sexy1234 sexybabe sexybaby sexyback sexybitch sexyboy sexygirl sexylady sexylove sexymama sexyme shadow shadow11
shadow12 shadow123 shadow13 shadows shaggy shakira shalom shamrock shania shannon shannon1 shaolin sharks sharon
sharpie shaved sheepdog sheffield shelby sheldon shelley shelly sherlock sherman sherry sherwood shinigami shirley
shithead shitshit shooter shopping shorty shotgun shotgun1 showtime shutup siemens sierra silence silent silver
silverado silvia simba123 simon123 simone simple simpson simpsons simpsons1 sinclair singapore singer single sinner
sister sisters sithlord skateboard skater skeeter skidoo skillet skipper skippy skorpion skydive skyline skywalker
slacker slapshot slayer slimshady slipknot slipknot1 slipknot666 smackdown smallville smeghead smelly smile123 smiles
smiley smirnoff smitty smoke420 smokey smokin smoking smooth smoothie snicker snickers snickers1 sniper snoopdog snoopy
snowball snowball1 snowboard snowflake snowman snowman1 snuggles soccer soccer10 soccer11 soccer12 soccer123 soccer13
soccer14 socrates softball softball1 softball12 soldier soldier1 soleil solomon solution somebody someone something
sometime sonic123 sonics sophia sophie soprano sossina soulmate soulmates southern southpark southpaw southside
spaceman spanish spanky sparkle sparkles sparkplug sparky sparrow spartan spartan1 spartan117 spartans special special1
specialk spectrum speeding speedo speedway speedy spencer spencer1 spider spider123 spiderma spiderman spiderman1
spiderman3 spike123 spirit spitfire splash splinter splitter spoiled sponge spongebob spongebob1 sports spring springer
sprite spurs123 sputnik squirrel squirt stacey stalin stalker stalker1 stanford stanley stanley1 star1234 starbucks
starcraft starcraft1 stardust starfish stargate stargate1 starlight starman starship start123 startrek startrek1
starwars starwars1 starwars12 starwars123 station statistics stealth steelers steelers1 steelers7 stefan stefania
stella stephan stephane stephani stephanie stephanie1 stephen stephen1 sterling steve123 steven stewart stickman sticks
stingray stirling stocking stonecold stones stranger strawberry strawberry1 streaming street strength strider stringer
strong student student1 student123 studio stupid stupid123 stuttgart sublime sublime1 submarine subway success success1
sucker suckit suckme suckmydick sugar123 sullivan summer summer00 summer01 summer05 summer06 summer07 summer08 summer10
summer12 summer123 summer69 summer99 summers summertime sundance sunday sunderland sunflower sunflower1 sunlight
sunny123 sunnyday sunrise sunset sunshine sunshine1 sunshine12 sunshine123 sunshine2 super123 superbad superboy
superfly superhero superior superman superman1 superman12 superman123 supermario supernova superpower supersonic
superstar superstar1 support supreme surfer surfing surprise survivor susana susanne suzanne suzuki svetlana swallow
sweden sweet123 sweetheart sweetheart1 sweetie sweetie1 sweetlove sweetness sweetness1 sweetpea sweetpea1 sweets sweety
swimmer swimming swimming1 switzerland swordfis swordfish sydney sylvester sylvia symphony syncmaster system tacobell
taekwondo tamara tampabay tanner tarantula target tarheels tattoo taurus taylor taylor123 taylorswift teacher teacher1
techno technology teddy123 teddybear teddyber teiubesc tekken telefon telefono telephone television temp1234 temporary
temppass temppassword temptation tennessee tennis tequila tequila1 teresa terminal terminator terrapin test test123
test1234 test12345 test123456 tester testing testing1 testing12 testing123 testpass testtest testtest1 testuser
texas123 thailand thebeatles thebest thebest1 thedoors theking theking1 theman themaster thematrix theodore theone
theresa therock therock1 thesims thesims2 thething thomas thomas12 thomas123 thompson threesome thuglife thumper
thunder thunder1 thunderbird thursday tickle tiffany tiffany1 tiger123 tigers tigger tigger12 tigger123 timberland
timothy timothy1 tinker tinkerbell tinkerbell1 tintin titanic titanic1 titanium titans tobias toblerone together tomato
tomcat tommy123 tomtom tootsie topgun topher topsecret toronto toronto1 torres tototo tottenham touchdown toyota tracey
tractor training trance transfer transformers transport trapper travel traveler travis treasure trevor triangle tricia
trigger trinidad trinity trinity1 triple trisha triton triumph trivial trojan trojans trombone trooper tropical trouble
trouble1 trucker trucks truelove truelove1 trueman trumpet trumpet1 trunks trustme trustno1 trustnoone tucker tuesday
turkey turtle turtles tweety twilight twilight1 twinkle twisted twister tyler123 tyrone ultimate ultimate1 ultraman
umbrella undead undercover undertaker unicorn unicorn1 unicorns united universal universe university unknown unlimited
untitled upsilon user user1234 username usmarine usmc1775 utopia vacation vagina valencia valentin valentina valentine
valentine1 valeria valerie valhalla vampire vampire1 vampires vanessa vanessa1 vanhalen vanilla vanilla1 vegeta
velocity velvet venezuela ventura venture verbatim vergessen verizon verizon1 veronica veronica1 victor victoria
victoria1 victory victory1 vikings vikings1 village vincent vincent1 violet violin viper123 virginia virginia1 virtual
viruses vision visitor vittoria vkontakte vladimir vodafone volcano volcom volkswagen volley volleyball volleyball1
voyager voyager1 vsegda walker wallace walmart walrus walter wanker warcraft warcraft1 warcraft3 wareagle warhammer
warlock warlord warning warren warrior warrior1 warriors washington water123 waterfall waterloo watermelon watson
weather webmaster webster wedding weezer welcome welcome01 welcome1 welcome12 welcome123 welcome1234 welcome2 werder
wesley western westham westham1 westlife westlife1 westside westside1 whatever whatever1 whatsup whatthe whatthefuck
wheels whiskers whiskey whisper whistler whitney whocares wildcat wildcat1 wildcats wildcats1 wildfire wildman william
william1 william123 williams williams1 willie willow wilson window windows windows1 windows7 windows98 windsor windsurf
winner winners winnie winston winston1 winter winter12 wisconsin wisdom wizard wizards wolf1234 wolfgang wolfman
wolfpack wolverine wolverines wolves wonder wonderful wonderland woodland woodstock woody123 woofwoof wordpass
wordpress worker workout worldcup wrangler wrestle wrestler wrestling wrestling1 wutang wweraw wwewwe wwwwww xavier
xbox360s xexexe xfiles xiaoming xtreme xxxxxx xxxxxxx xxxxxxxx yahoo123 yamaha yankee yankees yankees1 yankees2 yasmin
yellow yellow12 yesterday yesyes yolanda yomama yosemite yourmom yourmom1 yourname ytrewq yugioh yvonne yyyyyy yyyyyyyy
z1x2c3v4 zachary zachary1 zanzibar zaq12345 zaq123wsx zaq12wsx zaq1xsw2 zaq1zaq1 zaqwsx zaqwsxcde zaqxsw zeppelin
zeppelin1 zerocool zhang123 zidane zigzag zildjian zinedine zombie zombies zxasqw12 zxc12345 zxc123456 zxcasdqwe
zxcasdqwe123 zxcv1234 zxcvb123 zxcvbn zxcvbn123 zxcvbnm zxcvbnm, zxcvbnm,./ zxcvbnm0 zxcvbnm1 zxcvbnm12 zxcvbnm123
zxcvzxcv zxczxc zxczxczxc zzzzzz zzzzzzz zzzzzzzz
`;
