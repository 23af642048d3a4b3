"""A bucket of any server that speaks S3: objects in it, and what browsers may send straight to it."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from edu.common.environment import BadSetting
from edu.common.errors import NotFound, Unavailable
from edu.common.text import gettext_noop as _
from edu.multimodal.logic.keys import PART, Readable, checked
from edu.multimodal.logic.sealedparts import HEAD

PIECE = (
    16 << 20
)  # bytes of what browsers send at once; S3 takes no less than 5 MiB but for the last
SIGNED = 3600  # seconds that a signed address is good for
RULES = "edu-"  # begins the names of our rules in a bucket, so that others stay


class StoreDown(Unavailable):
    """The object store does not answer."""

    detail = _("The store of files does not answer. Try again in a moment.")


@dataclass(frozen=True)
class Signed:
    """Where a browser sends some bytes, and with which headers; nothing else is taken there."""

    url: str
    headers: dict[str, str]


class Bucket:
    """Objects in a bucket of any server that speaks S3."""

    def __init__(self, url: str, encryption: str = "", browser: str = "") -> None:
        parts = urlsplit(url)
        self.bucket = parts.path.strip("/")
        if parts.scheme != "s3" or not parts.hostname or not self.bucket or not parts.username:
            raise BadSetting(
                "EDU_S3_URL does not name a bucket. "
                "Use EDU_S3_URL=s3://key:secret@host:port/bucket?region=us-east-1&tls=1"
            )
        more = {name: values[0] for name, values in parse_qs(parts.query).items()}
        place = parts.netloc.rpartition("@")[2]
        scheme = "http" if more.get("tls") in ("0", "false", "no") else "https"
        self._key, self._secret = unquote(parts.username), unquote(parts.password or "")
        self._region, self.browser = more.get("region", "us-east-1"), browser
        self.client: Any = self._client(f"{scheme}://{place}")
        kind, _colon, key = encryption.partition("aws:kms:")
        self.sealing = {"ServerSideEncryption": kind or "aws:kms"} if encryption else {}
        if key:
            self.sealing["SSEKMSKeyId"] = key

    def _client(self, endpoint: str) -> Any:
        import boto3
        from botocore.config import Config

        return boto3.client(
            "s3",
            endpoint_url=endpoint,
            aws_access_key_id=self._key,
            aws_secret_access_key=self._secret,
            region_name=self._region,
            config=Config(
                signature_version="s3v4",
                retries={"max_attempts": 3, "mode": "standard"},
                connect_timeout=5,
                read_timeout=60,
                s3={"addressing_style": "path"},
                # Stores other than Amazon's do not all know the newest sums; ours are inside.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    @cached_property
    def _signer(self) -> Any:
        """Signs addresses as browsers reach the bucket, which may be another host than we use."""
        return self._client(self.browser)

    def call(self, name: str, **arguments: Any) -> Any:
        """Return what the store answers; raise NotFound or StoreDown."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return getattr(self.client, name)(Bucket=self.bucket, **arguments)
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code")
            if code in ("404", "NoSuchKey", "NotFound", "NoSuchUpload"):
                raise NotFound from None
            raise StoreDown from error
        except BotoCoreError as error:
            raise StoreDown from error

    def put(self, key: str, source: Readable) -> None:
        """See Store. Large files go in several parts; boto3 sees to that."""
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self.client.upload_fileobj(source, self.bucket, checked(key), ExtraArgs=self.sealing)
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise StoreDown from error

    def head(self, key: str) -> tuple[bytes, int]:
        """See Store."""
        found = self.call("get_object", Key=checked(key), Range=f"bytes=0-{HEAD - 1}")
        raw = bytes(found["Body"].read())
        told = str(found.get("ContentRange", "")).rpartition("/")[2]
        return raw, int(told) if told.isdigit() else len(raw)

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """See Store."""
        if end is not None and end <= start:
            return iter(())
        last = "" if end is None else str(end - 1)
        span = {"Range": f"bytes={start}-{last}"} if start or end is not None else {}
        body = self.call("get_object", Key=checked(key), **span)["Body"]
        return iter(body.iter_chunks(PART))

    def drop(self, key: str) -> None:
        """See Store."""
        self.call("delete_object", Key=checked(key))

    def keys(self, before: datetime, after: str = "") -> Iterator[str]:
        """See Store."""
        onward = {"StartAfter": after} if after else {}
        while True:
            page = self.call("list_objects_v2", **onward)
            for entry in page.get("Contents", []):
                if entry["LastModified"] < before:
                    yield str(entry["Key"])
            if not page.get("IsTruncated"):
                return
            onward = {"ContinuationToken": page["NextContinuationToken"]}

    # --- what browsers send -----------------------------------------------------------------------

    def size(self, key: str) -> int:
        """Return how many bytes lie under `key`; raise NotFound."""
        return int(self.call("head_object", Key=checked(key))["ContentLength"])

    def begin(self, key: str, media_type: str) -> str:
        """Return the store's name for an object that comes in parts."""
        made = self.call(
            "create_multipart_upload", Key=checked(key), ContentType=media_type, **self.sealing
        )
        return str(made["UploadId"])

    def signed(
        self,
        key: str,
        length: int,
        sha256: str,
        media_type: str = "",
        upload: str = "",
        number: int = 1,
    ) -> Signed:
        """Return where to PUT `length` bytes with that digest (in hex): the object, of that type, or a
        part of `upload`. Anything longer, shorter or else is refused by the store."""
        digest = base64.b64encode(bytes.fromhex(sha256)).decode()
        bound: dict[str, Any] = {"ContentLength": length, "ChecksumSHA256": digest}
        headers = {"x-amz-checksum-sha256": digest}
        if upload:
            name, bound = "upload_part", bound | {"UploadId": upload, "PartNumber": number}
        else:
            name, bound = "put_object", bound | {"ContentType": media_type} | self.sealing
            headers["Content-Type"] = media_type
            named = {
                "ServerSideEncryption": "x-amz-server-side-encryption",
                "SSEKMSKeyId": "x-amz-server-side-encryption-aws-kms-key-id",
            }
            headers |= {named[each]: value for each, value in self.sealing.items()}
        url = self._signer.generate_presigned_url(
            name, Params={"Bucket": self.bucket, "Key": checked(key), **bound}, ExpiresIn=SIGNED
        )
        return Signed(str(url), headers)

    def complete(self, key: str, upload: str) -> None:
        """Make one object of all parts that have come; raise NotFound where there is no such upload."""
        found: list[dict[str, Any]] = []
        onward: dict[str, Any] = {}
        while True:
            page = self.call("list_parts", Key=checked(key), UploadId=upload, **onward)
            found += page.get("Parts", [])
            if not page.get("IsTruncated"):
                break
            onward = {"PartNumberMarker": page["NextPartNumberMarker"]}
        if not found:
            raise NotFound
        parts = [{"PartNumber": each["PartNumber"], "ETag": each["ETag"]} for each in found]
        self.call(
            "complete_multipart_upload",
            Key=checked(key),
            UploadId=upload,
            MultipartUpload={"Parts": sorted(parts, key=lambda each: int(each["PartNumber"]))},
        )

    def give_up(self, key: str, upload: str) -> None:
        """Throw away the parts of an object that does not become whole."""
        try:
            self.call("abort_multipart_upload", Key=checked(key), UploadId=upload)
        except NotFound:
            return

    def sweep_parts(self, before: datetime) -> int:
        """Throw away the parts of objects that were begun before a time; return of how many."""
        page = self.call("list_multipart_uploads")
        old = [each for each in page.get("Uploads", []) if each["Initiated"] < before]
        for each in old:
            self.call("abort_multipart_upload", Key=each["Key"], UploadId=each["UploadId"])
        return len(old)

    # --- rules of the bucket ----------------------------------------------------------------------

    def _rules(self, call: str, field: str) -> list[dict[str, Any]]:
        """Return the rules that somebody else has given the bucket."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            found = getattr(self.client, call)(Bucket=self.bucket).get(field, [])
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code"))
            if code.startswith("NoSuch"):  # there are none
                return []
            raise StoreDown from error
        except BotoCoreError as error:
            raise StoreDown from error
        return [each for each in found if not str(each.get("ID", "")).startswith(RULES)]

    def set_rules(self, prefix: str, days: int, origin: str) -> list[str]:
        """Give the bucket our rules, beside those that it has: unfinished uploads and what lies under
        `prefix` go after `days`, and pages of `origin` may send to it where browsers reach it. Return
        what was set, in sentences."""
        others = self._rules("get_bucket_lifecycle_configuration", "Rules")
        ours = [
            {
                "ID": f"{RULES}unfinished",
                "Status": "Enabled",
                "Filter": {"Prefix": ""},
                "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": days},
            },
            {
                "ID": f"{RULES}incoming",
                "Status": "Enabled",
                "Filter": {"Prefix": prefix},
                "Expiration": {"Days": days},
            },
        ]
        self.call(
            "put_bucket_lifecycle_configuration", LifecycleConfiguration={"Rules": others + ours}
        )
        told = [f"Unfinished uploads, and what lies under {prefix}, go after {days} days."]
        if self.browser:
            cors = self._rules("get_bucket_cors", "CORSRules")
            mine = {
                "ID": f"{RULES}browsers",
                "AllowedMethods": ["PUT"],
                "AllowedOrigins": [origin],
                "AllowedHeaders": ["content-type", "x-amz-*"],
                "MaxAgeSeconds": 3600,
            }
            self.call("put_bucket_cors", CORSConfiguration={"CORSRules": [*cors, mine]})
            told.append(f"Pages of {origin} may send files to it.")
        return told
