"""Encodings are decided on the whole file; other formats are refused with a clear word."""

from pathlib import Path

import pytest

from segmentation.errors import EmptyFileError, UnreadableFileError
from segmentation.intake.files.encoding import examine

CHINESE = "用户,评论\n张三,这个商品非常好用我很喜欢\n"
JAPANESE = "顧客番号,感想\n1,この商品はとても使いやすくて気に入りました\n2,配送が早くて梱包も丁寧でした。\n"
TRADITIONAL = "會員編號,評論\n1,這個商品非常好用我很喜歡\n2,物流很快包裝完好五星好評\n"
RUSSIAN = "клиент,отзыв\n1,очень хороший товар рекомендую\n"
PORTUGUESE = "cliente,opinião\n1,informações não são ruins\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a,b\n1,2\n", "ASCII"),
        (PORTUGUESE.encode(), "UTF-8"),
        (PORTUGUESE.encode("utf-8-sig"), "UTF-8"),
        (CHINESE.encode("gb18030"), "GB18030"),
        (PORTUGUESE.encode("iso-8859-1"), "ISO-8859-1"),
        ("name,price\ncup,5 €\n".encode("cp1252"), "Windows-1252"),
        (CHINESE.encode("utf-16"), "UTF-16"),
        (b"a,b\n1,2\n".decode().encode("utf-16-le"), "UTF-16"),
        (CHINESE.encode("utf-16-be"), "UTF-16"),
        (JAPANESE.encode("cp932"), "Shift-JIS"),
        (TRADITIONAL.encode("big5"), "Big5"),
        (RUSSIAN.encode("cp1251"), "Windows-1251"),
        ("고객번호,후기\n1,이 상품은 정말 좋아요 추천합니다\n".encode("euc_kr"), "EUC-KR"),
        (b'{"a": 1}', "ASCII"),
        ("Número,Preço\n1,2\n".encode("cp1252"), "ISO-8859-1"),
        ("Číslo objednávky,Částka\n1,2\n".encode("cp1250"), "Windows-1250"),
        ("Sipariş No,Müşteri\n1,2\n".encode("cp1254"), "Windows-1254"),
        ("name,city\nMałgorzata,Łódź\nKasia,Wrocław\n".encode("cp1250"), "Windows-1250"),
        ("nom,ville\nZoé,Orléans\nBjörn,Malmö\n".encode("cp1252"), "ISO-8859-1"),
    ],
)
def test_examine_names_the_encoding(tmp_path: Path, content: bytes, encoding: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert examine(path).encoding == encoding


def test_a_single_byte_far_into_the_file_decides(tmp_path: Path) -> None:
    path = tmp_path / "far.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 2_000_000 + b"3,\xa35\n")
    assert examine(path).encoding == "ISO-8859-1"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04rest", "archive"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"a,b\x00\x01\x02\x00\xff,1\n" * 9, "binary"),
        (bytes(range(1, 32)) * 50, "binary"),
    ],
)
def test_examine_refuses_what_is_no_text(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "renamed.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=word):
        examine(path)


def test_examine_refuses_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.touch()
    with pytest.raises(EmptyFileError, match="0 bytes"):
        examine(path)
