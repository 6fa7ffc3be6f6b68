#include "tables.h"

/* Slugs as the format makes them: marks dropped after Latin letters, case folded, NFC. */
const struct pool name_pools[] = {
    {290, 0, "+44 7700", "London|Bath|Edinburgh|Boston|Leeds|Toronto|Dublin|Wellington", "",
     "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara "
     "Richard Susan Joseph Jessica Thomas Sarah Charles Karen Daniel Nancy Matthew Lisa "
     "Anthony Margaret Mark Betty Donald Sandra Steven Ashley Andrew Kimberly Paul Emily "
     "Joshua Donna Kenneth Michelle Kevin Carol Brian Amanda George Melissa Timothy Deborah "
     "Ronald Stephanie Edward Rebecca Jason Laura Jeffrey Helen Ryan Sharon Jacob Cynthia "
     "Gary Kathleen Nicholas Amy Eric Shirley Stephen Angela Jonathan Ada Larry Grace Justin "
     "Harriet Scott Beatrice Brandon Nell",
     "Smith Johnson Williams Brown Jones Davis Miller Wilson Anderson Taylor Moore Jackson "
     "Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright "
     "Scott Hill Green Adams Nelson Baker Hall Campbell Mitchell Carter Roberts Phillips "
     "Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Morgan Cooper "
     "Peterson Reed Bailey Bell Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett "
     "Gray Hughes Price Myers Long Foster Sanders Ross Powell Sullivan Russell Fisher "
     "Henderson Cole West Jordan Reynolds Graham Hamilton Wallace O'Brien:o-brien "
     "O'Neill:o-neill MacLeod Sinclair Ashworth Pemberton Lovell Fairweather Hawthorne "
     "Thackeray Wycliffe Blackwood Penrose Trelawney Ellsworth Kingsley"},
    {90, 0, "+49 151", "Köln|Zürich|München|Wien|Göttingen|Lübeck",
     "ein langes Gespräch über die Förderung, und was danach kommt|"
     "grüßt alle aus Köln; will im Frühjahr wieder vorbeischauen|"
     "die neue Stelle gefällt, der Weg dorthin weniger",
     "Jürgen:jurgen Anna Björn:bjorn Käthe:kathe Lukas Johanna Götz:gotz Renate Matthias "
     "Sabine Jörg:jorg Ulrike Sönke:sonke Franziska Tobias Heike Rüdiger:rudiger Mareike "
     "Günther:gunther Gesine Stefan Annegret Uwe Ingeborg Florian Brigitte Moritz Hannelore "
     "Sebastian Katharina",
     "Müller:muller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann "
     "Schäfer:schafer Koch Bauer Richter Klein Wolf Schröder:schroder Neumann Schwarz "
     "Zimmermann Braun Krüger:kruger Hofmann Hartmann Lange Werner Krause Lehmann "
     "Köhler:kohler Maier Weiß:weiss Jäger:jager Groß:gross Vogt Böhm:bohm Kästner:kastner "
     "Fuß:fuss Strauß:strauss Möbius:mobius Löwe:lowe"},
    {80, 0, "+33 6", "Orléans|Liège|Montréal|Genève|Besançon|Nîmes",
     "le nouveau poste, et l'été à Besançon|"
     "on a parlé du projet jusqu'à la fermeture du café|"
     "cherche quelqu'un pour relire le deuxième chapitre",
     "François:francois Amélie:amelie Étienne:etienne Chloé:chloe Jérôme:jerome "
     "Hélène:helene Benoît:benoit Zoé:zoe Rémi:remi Agnès:agnes Gaël:gael Océane:oceane "
     "Loïc:loic Solène:solene Thérèse:therese Clément:clement Maëlle:maelle Cédric:cedric "
     "Noémie:noemie Aurélien:aurelien Élodie:elodie Baptiste Inès:ines Théo:theo Margaux "
     "Antoine Camille Mathilde Yves Sidonie",
     "Bernard Dubois Durand Leroy Moreau Lefèvre:lefevre Garçon:garcon Mercier "
     "Lévêque:leveque Gérard:gerard Béranger:beranger Châtelain:chatelain Rousseau Fontaine "
     "Chevalier Poirier Guérin:guerin Beaumont Lacroix Renoir Boulanger Perrin "
     "Clément:clement Gauthier Dufour Blanchet Pélissier:pelissier Vidal Carpentier "
     "Noël:noel Cœur:coeur Sauvage Barbier Arnaud Brunet Hébert:hebert Joly Rivière:riviere "
     "Picard Charpentier"},
    {90, 0, "+34 612", "São Paulo|Málaga|Bogotá|Coimbra|A Coruña|Córdoba",
     "mucho trabajo, poco sueño; volvemos a hablar en otoño|"
     "o livro está quase pronto, falta o último capítulo|"
     "me contó del viaje a Málaga y del próximo proyecto",
     "José:jose María:maria Ángel:angel Lucía:lucia Jesús:jesus Sofía:sofia Andrés:andres "
     "Inés:ines Joaquín:joaquin Núria:nuria Ramón:ramon Begoña:begona João:joao "
     "Conceição:conceicao Simão:simao Beatriz Antónia:antonia Gonçalo:goncalo Inácio:inacio "
     "Estêvão:estevao Concepción:concepcion Raúl:raul Mónica:monica Víctor:victor "
     "Íñigo:inigo Leticia Pilar Tomás:tomas Débora:debora Iago",
     "García:garcia Fernández:fernandez González:gonzalez Rodríguez:rodriguez López:lopez "
     "Martínez:martinez Sánchez:sanchez Pérez:perez Gómez:gomez Martín:martin "
     "Jiménez:jimenez Ruiz Hernández:hernandez Díaz:diaz Moreno Muñoz:munoz Álvarez:alvarez "
     "Romero Núñez:nunez Gutiérrez:gutierrez Silva Conceição:conceicao Magalhães:magalhaes "
     "Guimarães:guimaraes Simões:simoes Araújo:araujo Gonçalves:goncalves "
     "Sepúlveda:sepulveda Ibáñez:ibanez Peña:pena Castaño:castano Briseño:briseno "
     "Ordóñez:ordonez Estévez:estevez Leão:leao Assunção:assuncao Brandão:brandao "
     "Mourão:mourao Galvão:galvao Falcão:falcao"},
    {70, 0, "+48 601", "Kraków|Łódź|Plzeň|Brno|Niš|Gdańsk",
     "rozmowa o nowej pracy, i o tym, czego w niej brakuje|"
     "příští rok se stěhují do Plzně, hledají byt|"
     "wraca do Łodzi na święta, spotkamy się przy żurku",
     "Łukasz:lukasz Agnieszka Paweł:pawel Małgorzata:malgorzata Michał:michal Żaneta:zaneta "
     "Stanisław:stanislaw Bożena:bozena Wojciech Świętosława:swietoslawa Jiří:jiri "
     "Libuše:libuse Tomáš:tomas Zdeňka:zdenka Ondřej:ondrej Šárka:sarka Václav:vaclav "
     "Růžena:ruzena Miloš:milos Ljiljana Dušan:dusan Jadranka Željko:zeljko Šimun:simun "
     "Krzysztof Grażyna:grazyna Zbigniew Halina Bogusław:boguslaw Jolanta",
     "Żółć:zolc Nowak Kowalski Wiśniewski:wisniewski Wójcik:wojcik Kowalczyk "
     "Kamiński:kaminski Lewandowski Zieliński:zielinski Szymański:szymanski Woźniak:wozniak "
     "Dąbrowski:dabrowski Kozłowski:kozlowski Jabłoński:jablonski Mazur Kwiatkowski Krawczyk "
     "Gąsior:gasior Dvořák:dvorak Novák:novak Svoboda Novotný:novotny Černý:cerny "
     "Procházka:prochazka Kučera:kucera Veselý:vesely Horák:horak Němec:nemec "
     "Pokorný:pokorny Růžička:ruzicka Marković:markovic Đorđević:dordevic "
     "Kovačević:kovacevic Hadžić:hadzic Šimić:simic Babić:babic Žižek:zizek Krleža:krleza "
     "Čapek:capek Łoś:los"},
    {60, 0, "+47 412", "Tromsø|Malmö|Århus|Reykjavík|Jyväskylä|Göteborg",
     "lang prat om snø, forskning og pengene som mangler|"
     "skriver ferdig i høst, vil gjerne ha en leser|"
     "flytter till Malmö i vår och söker folk till en läsecirkel",
     "Bjørn:bjorn Åse:ase Søren:soren Maj Håkon:hakon Ingrid Göran:goran Åsa:asa "
     "Øystein:oystein Ragnhild Jón:jon Guðrún:gudrun Þórður:thordur Sigríður:sigridur "
     "Ævar:aevar Hörður:hordur Päivi:paivi Jyrki Väinö:vaino Saara Mikael Torbjörn:torbjorn "
     "Bodil Jørgen:jorgen Kirsten Frøya:froya Snorri Astrid Tuomas Aino",
     "Hansen Johansen Sørensen:sorensen Møller:moller Nygård:nygard Østergaard:ostergaard "
     "Jørgensen:jorgensen Ødegård:odegard Bjørnson:bjornson Åberg:aberg Sjögren:sjogren "
     "Lindström:lindstrom Öberg:oberg Bergström:bergstrom Sundqvist Hägglund:hagglund "
     "Jónsdóttir:jonsdottir Guðmundsson:gudmundsson Þorsteinsson:thorsteinsson "
     "Sigurðardóttir:sigurdardottir Virtanen Mäkinen:makinen Nieminen Hämäläinen:hamalainen "
     "Järvinen:jarvinen Lehtonen Kjær:kjaer Thorvaldsen Dahl Lund Holm Krogh Skov Vik "
     "Strøm:strom Hagen Mørk:mork Bakke Solberg Fossum"},
    {40, 0, "+90 532", "İstanbul|İzmir|Eskişehir|Muğla",
     "yeni işi iyi gidiyor, ama İzmir’i özlüyor|"
     "kitap üzerine uzun uzun konuştuk",
     "Ayşe:ayse Mehmet Işıl:isil İbrahim:ibrahim Gülşen:gulsen Çağlar:caglar Ömer:omer "
     "Şule:sule Doğan:dogan Büşra:busra Özgür:ozgur Zeynep Uğur:ugur Nazlı:nazli Cem Elif "
     "Kıvanç:kivanc Tuğba:tugba Yiğit:yigit Emine",
     "Yılmaz:yilmaz Kaya Demir Çelik:celik Şahin:sahin Yıldız:yildiz Yıldırım:yildirim "
     "Öztürk:ozturk Aydın:aydin Özdemir:ozdemir Arslan Doğan:dogan Kılıç:kilic Aslan "
     "Çetin:cetin Koç:koc Kurt Özkan:ozkan Şimşek:simsek Güneş:gunes Işık:isik "
     "Türkmen:turkmen Ağaoğlu:agaoglu Üstün:ustun Erdoğmuş:erdogmus Pamuk Tanpınar:tanpinar "
     "Akın:akin Sönmez:sonmez Çakır:cakir"},
    {30, FAMILY_FIRST | TWICE, "+84 90", "Hà Nội|Đà Nẵng|Huế|Hội An",
     "nói chuyện về công việc mới ở Đà Nẵng|"
     "hẹn gặp lại vào mùa xuân, sẽ mang theo cuốn sách",
     "Hương:huong Minh Thảo:thao Dũng:dung Ngọc:ngoc Hải:hai Tuấn:tuan Linh Quỳnh:quynh "
     "Đức:duc Phượng:phuong Long Thủy:thuy Bảo:bao Yến:yen Khánh:khanh Trâm:tram Việt:viet "
     "Hạnh:hanh Sơn:son Mỹ:my Tâm:tam Lệ:le Hùng:hung Châu:chau",
     "Nguyễn:nguyen Trần:tran Lê:le Phạm:pham Hoàng:hoang Phan Vũ:vu Võ:vo Đặng:dang Bùi:bui "
     "Đỗ:do Hồ:ho Ngô:ngo Dương:duong Lý:ly Đinh:dinh Trịnh:trinh Mai Lương:luong Đoàn:doan"},
    {60, 0, "+233 20", "Accra|Lagos|Nairobi|Dakar|Addis Ababa|Yaoundé", "",
     "Kwame Ama Kofi Akosua Chinedu Ngozi Olúwaṣeun:oluwaseun Títílayọ̀:titilayo Wanjiru "
     "Kamau Tendai Rudo Thabo Nomvula Abebe Almaz Sékou:sekou Aïssatou:aissatou Mamadou "
     "Fatoumata Zawadi Juma Yaw Efua Ifeoma Emeka Lindiwe Sipho Moussa Mariama",
     "Mensah Owusu Asante Boateng Okafor Adeyemi Okonkwo Balogun Kimani Otieno Mwangi "
     "Njoroge Moyo Ndlovu Dlamini Nkosi Tesfaye Bekele Diallo Traoré:traore Touré:toure "
     "Koné:kone Cissé:cisse Keïta:keita Ouédraogo:ouedraogo Nyong'o:nyong-o Achebe Soyinka "
     "Mutombo Chukwu Amoah Quaye Sow Bâ:ba Sarr Mbeki Khumalo Zulu Abiola Eze"},
    {40, 0, "+91 98", "Bengaluru|Pune|Kochi|Kolkata|Chennai", "",
     "Aarav Priya Vihaan Ananya Arjun Kavya Rohan Meera Siddharth Lakshmi Karthik Divya "
     "Rahul Sunita Vikram Nandini Aditya Shreya Imran Farah Harpreet Gurpreet Suresh Padma "
     "Ravi Usha",
     "Sharma Patel Iyer Nair Reddy Rao Gupta Singh Banerjee Chatterjee Mukherjee Das Bose "
     "Menon Pillai Joshi Deshpande Kulkarni Naidu Chowdhury Khan Ahmed Kaur Gill Mehta Shah "
     "Trivedi Bhatt Saxena Kapoor"},
    {40, 0, "+380 67", "Київ|Одеса|София|Нови Сад|Тбилиси",
     "долгий разговор о новой работе и о старых друзьях|"
     "говорили про книжку, обіцяв надіслати перший розділ|"
     "переезжает весной, ищет квартиру у реки",
     "Дмитрий:дмитрий:dmitri Анна:анна:anna Сергей:сергей:sergei Ольга:ольга:olga "
     "Алексей:алексей:alexei Елена:елена:elena Юлия:юлия:yulia Фёдор:фёдор:fyodor "
     "Наталья:наталья:natalia Иван:иван:ivan Мария:мария:maria Григорий:григорий:grigori "
     "Ксения:ксения:ksenia Олександр:олександр:oleksandr Оксана:оксана:oksana "
     "Тарас:тарас:taras Соломія:соломія:solomiya Андрій:андрій:andrii "
     "Богдана:богдана:bohdana Стоян:стоян:stoyan Десислава:десислава:desislava "
     "Ђорђе:ђорђе:djordje Љубица:љубица:ljubica Николай:николай:nikolai Вера:вера:vera "
     "Павел:павел:pavel Светлана:светлана:svetlana",
     "Иванова:иванова:ivanova Петренко:петренко:petrenko Сидоренко:сидоренко:sydorenko "
     "Кузнецова:кузнецова:kuznetsova Попович:попович:popovich Соколова:соколова:sokolova "
     "Шевченко:шевченко:shevchenko Ткаченко:ткаченко:tkachenko Коваленко:коваленко:kovalenko "
     "Бондаренко:бондаренко:bondarenko Кравчук:кравчук:kravchuk Олійник:олійник:oliinyk "
     "Гончарук:гончарук:honcharuk Чайка:чайка:chaika Щербак:щербак:shcherbak "
     "Воробей:воробей:vorobey Достоевский:достоевский:dostoevsky Чехов:чехов:chekhov "
     "Ахматова:ахматова:akhmatova Мандельштам:мандельштам:mandelstam Андрић:андрић:andric "
     "Ћосић:ћосић:cosic Вазов:вазов:vazov Ботев:ботев:botev Гоголь:гоголь:gogol "
     "Зощенко:зощенко:zoshchenko Лесков:лесков:leskov Бунин:бунин:bunin "
     "Тютчев:тютчев:tyutchev Фет:фет:fet Їжакевич:їжакевич:yizhakevych "
     "Ґалаґан:ґалаґан:galagan"},
    {20, 0, "+30 694", "Αθήνα|Θεσσαλονίκη|Χανιά|Πάτρα",
     "μιλήσαμε για τη νέα δουλειά και το ταξίδι στα Χανιά|"
     "ψάχνει κάποιον να διαβάσει το πρώτο κεφάλαιο",
     "Γιώργος:γιώργοσ:giorgos Ελένη:ελένη:eleni Νίκος:νίκοσ:nikos Μαρία:μαρία:maria "
     "Δημήτρης:δημήτρησ:dimitris Κατερίνα:κατερίνα:katerina Σπύρος:σπύροσ:spyros "
     "Αθηνά:αθηνά:athina Θανάσης:θανάσησ:thanasis Ιωάννα:ιωάννα:ioanna "
     "Οδυσσέας:οδυσσέασ:odysseas Χρύσα:χρύσα:chrysa Άγγελος:άγγελοσ:angelos "
     "Ευαγγελία:ευαγγελία:evangelia Στέλιος:στέλιοσ:stelios Ράνια:ράνια:rania "
     "Λευτέρης:λευτέρησ:lefteris Φωτεινή:φωτεινή:foteini Παύλος:παύλοσ:pavlos "
     "Ξένια:ξένια:xenia",
     "Παπαδόπουλος:παπαδόπουλοσ:papadopoulos Οικονόμου:οικονόμου:oikonomou "
     "Βλάχος:βλάχοσ:vlachos Αντωνίου:αντωνίου:antoniou Μακρής:μακρήσ:makris "
     "Καραγιάννης:καραγιάννησ:karagiannis Νικολάου:νικολάου:nikolaou "
     "Γεωργίου:γεωργίου:georgiou Ιωάννου:ιωάννου:ioannou "
     "Κωνσταντίνου:κωνσταντίνου:konstantinou Λαμπράκη:λαμπράκη:lambraki "
     "Σεφέρης:σεφέρησ:seferis Ελύτης:ελύτησ:elytis Καβάφης:καβάφησ:kavafis "
     "Ρίτσος:ρίτσοσ:ritsos Θεοδωράκης:θεοδωράκησ:theodorakis Ξενάκης:ξενάκησ:xenakis "
     "Ζαχαρίου:ζαχαρίου:zachariou Φιλίππου:φιλίππου:filippou Τσίπρας:τσίπρασ:tsipras "
     "Χατζής:χατζήσ:hatzis Ψαρρός:ψαρρόσ:psarros Δούκας:δούκασ:doukas "
     "Κόκκινος:κόκκινοσ:kokkinos Μαυρίδης:μαυρίδησ:mavridis"},
    {20, JOINED | TWICE, "+86 138", "上海|成都|臺北|深圳",
     "聊了新工作和孩子上学的事|"
     "答应下个月把论文的初稿发过来|"
     "从成都回来，带了很多茶叶",
     "秀::xiu 英::ying 伟::wei 芳::fang 娜::na 敏::min 静::jing 丽::li 强::qiang 磊::lei "
     "洋::yang 艳::yan 勇::yong 军::jun 杰::jie 娟::juan 涛::tao 明::ming 超::chao 霞::xia "
     "平::ping 刚::gang 桂::gui 文::wen 玲::ling 华::hua 建::jian 国::guo 春::chun 梅::mei "
     "雪::xue 晨::chen 宇::yu 轩::xuan 子::zi 涵::han 雨::yu 欣::xin 浩::hao 然::ran",
     "王::wang 李::li 张::zhang 刘::liu 陈::chen 杨::yang 赵::zhao 黄::huang 周::zhou 吴::wu "
     "徐::xu 孙::sun 胡::hu 朱::zhu 高::gao 林::lin 何::he 郭::guo 马::ma 罗::luo 梁::liang "
     "宋::song 郑::zheng 谢::xie 韩::han 唐::tang 冯::feng 于::yu 董::dong 萧::xiao"},
    {20, FAMILY_FIRST, "+81 90", "東京|京都|札幌|横浜",
     "新しい仕事のことと、京都への引っ越しの話|"
     "来月また会う約束をした。本を持っていくこと|"
     "論文の最初の章を読んでほしいとのこと",
     "太郎::taro 花子::hanako 健一::kenichi 美咲::misaki 大輔::daisuke 陽子::yoko "
     "翔太::shota さくら::sakura 拓也::takuya 恵子::keiko 直樹::naoki 由美::yumi 隆::takashi "
     "真由美::mayumi 誠::makoto 明美::akemi 浩二::koji 智子::tomoko 和也::kazuya "
     "千尋::chihiro 悠真::yuma 結衣::yui 蓮::ren 葵::aoi 亮::ryo あかり::akari 修::osamu "
     "久美子::kumiko 哲也::tetsuya 雅子::masako 一郎::ichiro 栞::shiori 光::hikaru "
     "奈々::nana 勉::tsutomu 京子::kyoko 豊::yutaka 文子::fumiko 慎二::shinji 麻衣::mai",
     "山田::yamada 佐藤::sato 鈴木::suzuki 高橋::takahashi 田中::tanaka 伊藤::ito "
     "渡辺::watanabe 山本::yamamoto 中村::nakamura 小林::kobayashi 加藤::kato 吉田::yoshida "
     "佐々木::sasaki 山口::yamaguchi 松本::matsumoto 井上::inoue 木村::kimura 林::hayashi "
     "斎藤::saito 清水::shimizu 山崎::yamazaki 阿部::abe 森::mori 池田::ikeda "
     "橋本::hashimoto 石川::ishikawa 前田::maeda 藤田::fujita 小川::ogawa 後藤::goto "
     "岡田::okada 長谷川::hasegawa 村上::murakami 近藤::kondo 石井::ishii 坂本::sakamoto "
     "遠藤::endo 青木::aoki 西村::nishimura 太田::ota 三浦::miura 藤原::fujiwara "
     "松田::matsuda 原田::harada 中野::nakano 小野::ono 田村::tamura 竹内::takeuchi "
     "金子::kaneko 和田::wada"},
    {10, JOINED | TWICE, "+82 10", "서울|부산|전주|제주",
     "새 직장 이야기와 부산 여행 계획|"
     "다음 달에 원고 첫 장을 보내 주기로 했다",
     "민::min 준::jun 서::seo 연::yeon 지::ji 우::woo 현::hyun 수::su 영::young 진::jin "
     "하::ha 은::eun 도::do 윤::yoon 예::ye 성::sung 재::jae 혜::hye 원::won 태::tae",
     "김::kim 이::lee 박::park 최::choi 정::jung 강::kang 조::cho 윤::yoon 장::jang 임::lim "
     "한::han 오::oh 신::shin 권::kwon 황::hwang 안::ahn 송::song 홍::hong 문::moon 배::bae"},
    {20, 0, "+20 100", "القاهرة|بيروت|عمّان|الرباط",
     "حديث طويل عن العمل الجديد وعن الكتاب|"
     "وعد بإرسال الفصل الأول قبل نهاية الشهر",
     "أحمد::ahmad فاطمة::fatima محمود::mahmoud ليلى::layla خالد::khalid مريم::maryam "
     "يوسف::yusuf زينب::zaynab عمر::omar نورة::noura سامي::sami هدى::huda طارق::tariq "
     "رانيا::rania كريم::karim سلمى::salma إبراهيم::ibrahim ياسمين::yasmin حسن::hasan "
     "دينا::dina نجيب::naguib أمل::amal فراس::firas جميلة::jamila بشير::bashir",
     "حداد::haddad منصور::mansour خوري::khoury سليمان::sulayman العلي::alali شاهين::shahin "
     "الحسن::alhasan نصار::nassar قاسم::qasim محفوظ::mahfouz درويش::darwish النجار::alnajjar "
     "الشامي::alshami بركات::barakat حجازي::hijazi زيدان::zaydan عثمان::othman فارس::faris "
     "صالح::salih مراد::murad الخطيب::alkhatib جبران::jubran رشيد::rashid توفيق::tawfiq "
     "الصباغ::alsabbagh سعيد::said طاهر::tahir غانم::ghanim ناصر::nasir يعقوب::yaqub"},
    {10, 0, "+972 50", "חיפה|ירושלים|תל אביב",
     "שיחה ארוכה על העבודה החדשה ועל הספר|"
     "קבענו להיפגש שוב באביב",
     "נועה::noa יוסי::yossi תמר::tamar אורי::uri מיכל::michal דוד::david שירה::shira "
     "איתן::eitan רות::ruth אלון::alon יעל::yael עמוס::amos לאה::leah גיל::gil דנה::dana "
     "אבנר::avner הילה::hila משה::moshe נעמי::naomi עוז::oz",
     "כהן::cohen לוי::levi מזרחי::mizrahi פרץ::peretz ביטון::biton דהן::dahan אברהם::avraham "
     "פרידמן::friedman אזולאי::azoulay כץ::katz גולדברג::goldberg שפירא::shapira ברק::barak "
     "שגיא::sagi אלמוג::almog רוזן::rosen גרוסמן::grossman עגנון::agnon ביאליק::bialik "
     "עמיחי::amichai זך::zach רביקוביץ::ravikovitch הררי::harari סלע::sela"},
    {10, 0, "+91 99", "पुणे|वाराणसी|दिल्ली|जयपुर",
     "नई नौकरी और किताब के बारे में लंबी बात|"
     "अगले महीने पहला अध्याय भेजने का वादा किया",
     "आरव::aarav प्रिया::priya विवेक::vivek अनन्या::ananya राहुल::rahul सुनीता::sunita अमित::amit "
     "कविता::kavita संजय::sanjay मीरा::meera हर्ष::harsh दीप्ति::dipti मनोज::manoj रेखा::rekha "
     "अर्जुन::arjun पूजा::puja कृष्ण::krishna शांति::shanti गौरव::gaurav उषा::usha नितिन::nitin "
     "लक्ष्मी::lakshmi श्रेया::shreya विजय::vijay गीता::gita",
     "शर्मा::sharma वर्मा::varma गुप्ता::gupta सिंह::singh मिश्रा::mishra पांडेय::pandey "
     "त्रिपाठी::tripathi जोशी::joshi देशपांडे::deshpande कुलकर्णी::kulkarni चौधरी::chaudhari "
     "यादव::yadav तिवारी::tiwari अग्रवाल::agrawal भट्ट::bhatt नायर::nair पटेल::patel "
     "मेहता::mehta राव::rao दास::das बोस::bose सेन::sen ठाकुर::thakur शुक्ल::shukla "
     "द्विवेदी::dwivedi रावत::rawat नेगी::negi पंत::pant निराला::nirala दिनकर::dinkar"},
};
const size_t name_pool_count = sizeof(name_pools) / sizeof(*name_pools);

const char *const prose[PROSE_LISTS] = {
    [ORGS] = "Analytical Engines|Northwind Press|Harbour Labs|Blue Mesa Robotics|Institut für "
	     "Wetterkunde|"
	     "Lantern Books|Cooperativa del Sol|Open Maps Foundation|Seven Bridges Bank|Fjordkraft "
	     "Studio|"
	     "Quiet Machines|Musée des Ondes|Riverside Clinic|Tidewater Energy|Paper Crane Games|"
	     "Polar Year Office|Cedar and Stone|The Long Now Archive|Kestrel Aviation|Saffron "
	     "Kitchen Group|"
	     "Ministry of Bicycles|Green Line Transit|University of the Coast|Copperfield Theatre|"
	     "Granite Security|Weaver Textiles|Observatory of the North|Daybreak Radio|Nomad Bikes|"
	     "Common Ground Trust",
    [DOMAINS] =
	"analytical|northwind|harbour-labs|bluemesa|wetterkunde|lantern|delsol|openmaps|"
	"sevenbridges|"
	"fjordkraft|quiet|ondes|riverside|tidewater|papercrane|polaryear|cedarstone|longarchive|"
	"kestrel|saffron|bicycles|greenline|coast|copperfield|granite|weaver|north-obs|daybreak|"
	"nomad|"
	"commonground",
    [TITLES] =
	"Chief Programmer|Head of Research|Editor|Senior Engineer|Founder|Professor of Physics|"
	"Data Scientist|Art Director|Policy Adviser|Librarian|Director of Operations|Journalist|"
	"Translator|Nurse and Researcher|Product Manager|Architect|PhD Student|Investor|Luthier|"
	"Programme Officer|Illustrator|Head of Design|Principal Scientist|Conductor",
    [TAGS] = "mentor|friend|client|author|maths|design|work/design|work/"
	     "research|reading-group|conference|"
	     "neighbour|alumni|investor|press|music|climbing|open-source|maps|family|board|teacher|"
	     "collaborator|former-team|sailing",
    [TOPICS] =
	"looms|flying machines|open data|letterpress|bird migration|compilers|sourdough|tidal "
	"power|"
	"old maps|public transport|chamber music|the history of ports|machine "
	"translation|beekeeping|"
	"night trains|typography|statistics for journalists|cold water swimming|solar cooking|"
	"early photography|radio plays|citizen science|urban trees|bookbinding|formal proofs|"
	"mountain huts|archives|board games|community gardens|weather models|ceramics|field "
	"recording|"
	"bicycle repair|science fiction|medical imaging|choral singing|robot arms|minority "
	"languages|"
	"teaching beginners|the ethics of forecasting",
    [MONTHS] = "January|February|March|April|May|June|July|August|September|October|"
	       "November|December",
    [TEXTS] =
	"the move to %p, %h talk in %m|%t, again|long talk about %t, and who pays for it|"
	"%s is thinking of leaving %o|asked how the work on %t is going; slowly, but it moves|"
	"compared notes on %t and agreed to disagree about %t|%h talk at %o went well|"
	"sent %i my notes on %t, %s answered within the hour|lent me a book on %t|"
	"%s has started at %o and likes the people there|plans for %p in %m, %t on the way back|"
	"a quick hello between two sessions, %t next time|back from %p, tired and happy|"
	"%h daughter starts school in %m|showed me the draft on %t; it needs a sharper beginning|"
	"pointed me to someone at %o who works on %t|the old days at %o, and what became of "
	"everyone|"
	"they are hiring at %o and look for someone who knows %t|what worked, what didn't, what to "
	"try|"
	"%s wants to spend the winter in %p and finish the book|congratulated %i on the prize for "
	"%t|"
	"the budget at %o is gone, %s is looking around|a postcard from %p with one line about %t|"
	"walked along the river and talked about %t until dark|%h father is better, thank heavens|"
	"%s reads everything about %t these days|swapped contacts: one at %o, one in %p|"
	"tried out %h idea with %t; half of it works|%s will be in %p until %m|reference for %o|"
	"how to say no to %o without burning the bridge|the reading group moves to %m|"
	"%s knows the people at %o and will put in a word|birthday wishes, and a long answer about "
	"%t|"
	"three of us over soup; %t, children, rents in %p|%h new role at %o, less travel, more "
	"writing",
    [SENTENCES] =
	"Best reached in the mornings, never on Fridays.|Cares about %t more than about titles.|"
	"Grew up in %p and still goes back every %m.|Keeps a notebook on %t; ask to see it.|"
	"%S and %l started the group on %t together.|Knows %l from the days at %o.|"
	"Met through %l after a panel on %t in %p.|Doesn't like the phone, answers letters at "
	"once.|"
	"%S once walked from %p to the sea and wrote about it.|Asked me to remind %i of %t in %m.|"
	"Lives with two cats and too many books about %t.|Would get along with %l, both love %t.|"
	"Has worked at %o, then on %h own, and is proud of both.|Takes %h tea without milk.|"
	"%S says what others think, and says it kindly.|Look up the paper on %t before we next "
	"talk.|"
	"%l says %s is looking for people who know %t.|Always has a question that I can't answer.",
    [PROMISES] = "send %i the paper on %t|introduce %i to %l|look for the photos from %p|read %h "
		 "draft on %t|"
		 "ask %o about the opening|return the book on %t|write down the recipe|"
		 "find a date for %p in %m|send %i the address of %l|think about %h question on %t",
    [HOPES] = "%h slides from %p|an introduction to %l|%h answer about %m|"
	      "the contract from %o|%h comments on the draft",
    [OCCASIONS] =
	"joined %o|talk in %p|wedding|moved to %p|book on %t|first day at %o|marathon in %p",
};
