#include "text/language.h"

#include <doctest/doctest.h>

#include "ruleset/rule_file.h"
#include "text/make_document.h"
#include "unit/text/test_rules.h"

namespace factmill {
namespace {

const LanguageTable& table() {
  static const LanguageTable kTable = [] {
    Diagnostics diagnostics;
    RuleFiles files(std::string(FACTMILL_SOURCE_DIR) + "/rules", diagnostics);
    LanguageTable read = LanguageTable::load(files);
    REQUIRE(diagnostics.render() == "");
    return read;
  }();
  return kTable;
}

}  // namespace

TEST_CASE("language: told by the commonest words, or by the letters") {
  struct Row {
    const char* language;
    const char* text;
  };
  const Row rows[] = {
      {"en", "The maker said on Monday that it had delivered more cars than in any month before, and that orders for the new model were well above what it had planned for the year."},
      {"de", "Der Hersteller hat im Mai mehr Autos ausgeliefert als je zuvor, und die Nachfrage nach dem neuen Modell ist nach eigenen Angaben auch im Juni nicht zurückgegangen."},
      {"fr", "Le constructeur a livré plus de voitures en mai que dans les mois précédents, et la demande pour le nouveau modèle est restée forte dans toute la région."},
      {"es", "El fabricante entregó en mayo más coches que en los meses anteriores, y la demanda del nuevo modelo se mantiene fuerte en toda la región, según un portavoz de la marca. El grupo ha dicho también que su fábrica es la más grande del país y que los precios no van a subir este año."},
      {"pt", "O fabricante entregou em maio mais carros do que nos meses anteriores, e a procura pelo novo modelo não foi afetada, segundo um comunicado da empresa aos jornalistas."},
      {"it", "Il costruttore ha consegnato a maggio più auto che nei mesi precedenti, e la domanda per il nuovo modello non è calata, secondo i dati della società che sono stati diffusi."},
      {"nl", "De fabrikant heeft in mei meer auto's geleverd dan in de maanden daarvoor, en de vraag naar het nieuwe model is volgens het bedrijf ook in juni niet gedaald."},
      {"sv", "Tillverkaren levererade fler bilar i maj än under månaderna innan, och efterfrågan på den nya modellen har inte minskat, säger bolaget som också vill bygga en fabrik."},
      {"pl", "Producent dostarczył w maju więcej samochodów niż w poprzednich miesiącach, a popyt na nowy model nie spadł, jak podaje spółka, która jest już największa na rynku."},
      {"tr", "Üretici mayıs ayında önceki aylardan daha fazla araç teslim etti ve yeni model için talep çok güçlü, şirkete göre bu yıl bir fabrika daha kurulacak ve ilk araç için sipariş var."},
      {"zh", "比亚迪今年五月交付量创历史新高，公司表示新车型订单持续增长，预计全年销量将超过目标，市场份额进一步提升。"},
      {"ja", "メーカーは五月の納車台数が過去最高になったと発表した。新型車の受注も好調で、今年の目標を上回る見通しだという。"},
      {"ko", "제조사는 5월 인도량이 사상 최대를 기록했다고 밝혔다. 신차 주문도 꾸준히 늘고 있어 올해 목표를 넘을 전망이다."},
      {"ru", "Производитель сообщил, что в мае поставил больше автомобилей, чем в любом другом месяце, и что спрос на новую модель не снизился."},
      {"uk", "Виробник повідомив, що у травні поставив більше автомобілів, ніж у будь-якому іншому місяці, і що попит на нову модель її не знизився."},
      {"ar", "قالت الشركة إنها سلمت في مايو سيارات أكثر من أي شهر سابق وإن الطلب على الطراز الجديد لا يزال قويا"},
      {"vi", "Hãng xe cho biết đã giao nhiều xe hơn trong tháng năm so với các tháng trước và nhu cầu của người mua đối với mẫu xe mới không giảm, cũng như sẽ có một nhà máy tại đây."},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(language_of(row.text, table()) == row.language);
  }
}

TEST_CASE("language: what is not clear is none") {
  for (const char* text : {"", "NIO delivered 24,180 vehicles in May 2025.", "Model | May | June\nES6 | 1,234 | 2,345\nET5 | 345 | 456", "BYD 比亚迪 Han 汉", "12 34 56",
                           "Halden Q3\n\nRevenue: $28.1B (Est. $26.2B); UP +12% YoY\nEPS: $0.50 (Est. $0.54); DOWN -31%\nMargin: 18% (Est. 17.2%)\nCash Flow: $3.99B (Est. $1.25B)\n"
                           "Deliveries: 97,099 (Est. 96,000); La Rochelle plant: Les Mées M (Est. 2)\nA B C D E F G H",
                           "Tesla Model Y, BMW iX, Volkswagen ID.4, Renault Mégane E-Tech", "\xFF\xFE broken \x80 bytes"}) {
    CAPTURE(std::string(text));
    CHECK(language_of(text, table()) == "");
  }
}

TEST_CASE("language: English with names of other languages in it is English") {
  const std::string text =
      "BYD (比亚迪) and Li Auto (理想汽车) said in Guangzhou that the Seal 06 and the L6 were the first of their models with the new battery, which will also be offered "
      "by Volkswagen's partner for the ID. Unyx. The price of the car is as low as that of a Citroën ë-C3, according to a report by Die Zeit.";
  CHECK(language_of(text, table()) == "en");
}

TEST_CASE("language: English is read, so is what is not clear; others are not") {
  CHECK(table().is_extracted("en"));
  CHECK(table().is_extracted(""));
  CHECK_FALSE(table().is_extracted("de"));
  CHECK_FALSE(table().is_extracted("zh"));
}

TEST_CASE("document: metadata that is no UTF-8 is in the charset of the text, or mended") {
  Record record;
  record.bytes = "Citro\xEBn sold more cars in May than in April, it said.";
  record.title = "Citro\xEBn";
  record.site = "\xFF\xFE";
  const DocumentOrReject made = make_document(std::move(record), test_rules());
  REQUIRE(made);
  CHECK(made.document().title == "Citro\xC3\xABn");
  Record broken;
  broken.bytes = "Plain.";
  broken.title = "Citro\xEBn";
  const DocumentOrReject mended = make_document(std::move(broken), test_rules());
  REQUIRE(mended);
  CHECK(mended.document().title == "Citro\xEF\xBF\xBDn");
}

TEST_CASE("language: a document knows its own, beside what its page declares") {
  Record record;
  record.format = Format::html;
  record.bytes = "<html lang=\"en\"><p>Der Hersteller hat im Mai mehr Autos ausgeliefert als je zuvor, und die Nachfrage nach dem neuen Modell ist nicht zurückgegangen.</html>";
  const DocumentOrReject made = make_document(std::move(record), test_rules());
  REQUIRE(made);
  CHECK(made.document().lang == "en");
  CHECK(made.document().language == "de");
}

}  // namespace factmill
